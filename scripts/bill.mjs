// The bill of materials of a release, as CycloneDX 1.6, and the licences of what the program is made of. Enters: what
// cargo says of Cargo.lock for one target. Leaves: two files, the same for the same lock, target and time.
//
//   node scripts/bill.mjs --target TRIPLE --time SECONDS --bill FILE --licences FILE
//
// Only what ends up in the program, or runs while it is built, is listed: no dependency of the tests.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: options } = parseArgs({
  options: { target: { type: "string" }, time: { type: "string" }, bill: { type: "string" }, licences: { type: "string" } },
});

const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The packages of the program and what each needs, by cargo's identity of a package. */
function graph() {
  const flags = ["metadata", "--locked", "--format-version", "1", "--filter-platform", options.target];
  const output = execFileSync("cargo", flags, { cwd: root, maxBuffer: 256 * 1024 * 1024, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
  const { packages, resolve } = JSON.parse(output);
  const known = new Map(packages.map((one) => [one.id, one]));
  const needs = new Map(
    resolve.nodes.map(({ id, deps }) => [
      id,
      deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind !== "dev")).map(({ pkg }) => pkg),
    ]),
  );
  const reached = new Set([resolve.root]);
  for (const id of reached) needs.get(id).forEach((next) => reached.add(next));
  return { own: known.get(resolve.root), needs, packages: [...reached].map((id) => known.get(id)) };
}

/** SHA-256 of every crate's archive, as Cargo.lock pins it, by name and version. */
function checksums() {
  const lock = readFileSync(path.join(root, "Cargo.lock"), "utf8");
  const entries = lock.split("[[package]]").map((text) => (name) => text.match(new RegExp(`^${name} = "(.*)"$`, "m"))?.[1]);
  return new Map(entries.map((value) => [`${value("name")}@${value("version")}`, value("checksum")]));
}

const purl = ({ name, version }) => `pkg:cargo/${name}@${encodeURIComponent(version)}`;

function component(one, type, sums) {
  const hash = sums.get(`${one.name}@${one.version}`);
  const links = [["vcs", one.repository], ["website", one.homepage]].filter(([, url]) => /^https?:\/\/\S+$/.test(url ?? ""));
  return {
    type,
    "bom-ref": purl(one),
    name: one.name,
    version: one.version,
    ...(one.description && { description: one.description.trim().replace(/\s+/g, " ") }),
    ...(type === "library" && { scope: "required" }),
    ...(hash && { hashes: [{ alg: "SHA-256", content: hash }] }),
    // The old notation of crates for "either".
    licenses: [{ expression: one.license.replaceAll("/", " OR ") }],
    purl: purl(one),
    ...(links.length > 0 && { externalReferences: links.map(([kind, url]) => ({ type: kind, url })) }),
  };
}

/** A UUID that the content itself gives, so that two runs agree. */
function serialNumber(bom) {
  const digits = createHash("sha256").update(JSON.stringify(bom)).digest("hex");
  const variant = ((parseInt(digits[16], 16) & 3) | 8).toString(16);
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, variant + digits.slice(17, 20), digits.slice(20, 32)];
  return `urn:uuid:${parts.join("-")}`;
}

function bill({ own, needs, packages }) {
  const names = new Map(packages.map((one) => [one.id, purl(one)]));
  const sums = checksums();
  const libraries = packages.filter((one) => one !== own).map((one) => component(one, "library", sums));
  const dependencies = packages.map((one) => ({ ref: purl(one), dependsOn: [...new Set(needs.get(one.id).map((id) => names.get(id)))].sort(byName) }));
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: new Date(Number(options.time) * 1000).toISOString(),
      component: component(own, "application", sums),
      properties: [{ name: "gangwei:target", value: options.target }],
    },
    components: libraries.sort((a, b) => byName(a.purl, b.purl)),
    dependencies: dependencies.sort((a, b) => byName(a.ref, b.ref)),
  };
  return { ...bom, serialNumber: serialNumber(bom) };
}

/** The texts that licences ask to be passed on, each once, with the packages that bring it. */
function licences({ own, packages }) {
  const texts = new Map();
  for (const one of packages.filter((one) => one !== own)) {
    const folder = path.dirname(one.manifest_path);
    const named = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice|copyright|unlicense)/i.test(entry.name));
    for (const { name } of named.sort((a, b) => byName(a.name, b.name))) {
      const text = readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n").trim();
      texts.set(text, [...(texts.get(text) ?? []), `${one.name} ${one.version}`]);
    }
  }
  const line = "=".repeat(80);
  const list = packages.filter((one) => one !== own).map((one) => `${one.name} ${one.version}: ${one.license}`).sort(byName);
  const parts = [...texts].map(([text, users]) => ({ text, users: [...new Set(users)].sort(byName).join(", ") }));
  parts.sort((a, b) => byName(a.users, b.users) || byName(a.text, b.text));
  return [list.join("\n"), ...parts.map(({ text, users }) => `${line}\n${users}\n${line}\n\n${text}`)].join("\n\n") + "\n";
}

const all = graph();
writeFileSync(options.bill, JSON.stringify(bill(all), null, 2) + "\n");
writeFileSync(options.licences, licences(all));
