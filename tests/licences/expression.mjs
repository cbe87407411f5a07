// SPDX licence expressions, as far as package registries use them: OR, AND, WITH, parentheses, and the old "MIT/Apache-2.0".

/** Whether an expression can be met with the allowed licences alone. Throws where it cannot be read. */
export function isAllowed(expression, allowed) {
  const tokens = expression.match(/[()/]|[^\s()/]+/g) ?? [];
  let next = 0;
  const take = (...wanted) => wanted.includes(tokens[next]) && Boolean(++next);

  // AND binds more tightly than OR. Both sides are always read, so that a fault on either is seen.
  function either() {
    let met = both();
    while (take("OR", "/")) met = both() || met;
    return met;
  }

  function both() {
    let met = licence();
    while (take("AND")) met = licence() && met;
    return met;
  }

  function licence() {
    if (take("(")) {
      const met = either();
      if (!take(")")) throw unreadable();
      return met;
    }
    const name = identifier();
    // An exception belongs to its licence: the pair is allowed by its own line only.
    return allowed.has(take("WITH") ? `${name} WITH ${identifier()}` : name);
  }

  function identifier() {
    const token = tokens[next++];
    if (!/^[A-Za-z0-9][A-Za-z0-9.+:-]*$/.test(token ?? "") || ["OR", "AND", "WITH"].includes(token)) throw unreadable();
    return token;
  }

  function unreadable() {
    return new Error(`not a licence expression: ${expression}`);
  }

  const met = either();
  if (next !== tokens.length) throw unreadable();
  return met;
}
