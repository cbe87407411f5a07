// What scripts/release.sh makes, from a program that was built before: the same bytes every time, checksums, a bill of
// materials that its schema accepts, manuals and completions for every command.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

const root = fileURLToPath(new URL("../..", import.meta.url));
const binary = path.resolve(root, process.env.GANGWEI_BINARY ?? "target/debug/gangwei");
const TIME = 1_700_000_000;
const folder = mkdtempSync(path.join(tmpdir(), "gangwei-release-"));
after(() => rmSync(folder, { recursive: true }));

const output = (command, ...args) => execFileSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
const environment = { ...process.env, SOURCE_DATE_EPOCH: String(TIME) };
const host = output("rustc", "-vV").match(/^host: (.+)$/m)[1];

function script(name, ...args) {
  return spawnSync(path.join(root, "scripts", name), args, { encoding: "utf8", env: environment });
}

function release(out) {
  const ran = script("release.sh", "--target", host, "--binary", binary, "--out", out);
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout.trim();
}

const out = path.join(folder, "dist");
const archive = release(out);
const name = path.basename(archive, ".tar.gz");
execFileSync("tar", ["--extract", "--gzip", "--file", archive, "--directory", folder]);
const tree = path.join(folder, name);
const read = (file) => readFileSync(path.join(tree, file), "utf8");
const files = readdirSync(tree, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(tree, path.join(entry.parentPath ?? entry.path, entry.name)));
const bill = JSON.parse(read("gangwei.cdx.json"));
const commands = output(binary, "man", "--list").trim().split("\n");

test("the archive is named after version and target, and holds what a security office asks for", () => {
  const version = output(binary, "--version").trim().split(" ").at(-1);
  assert.equal(name, `gangwei-${version}-${host}`);
  for (const file of ["gangwei", "gangwei.cdx.json", "THIRD-PARTY.txt", "SECURITY.md", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
    assert.ok(files.includes(file), `${file} is missing`);
  }
  assert.deepEqual(readFileSync(path.join(tree, "gangwei")), readFileSync(binary));
  // Workflows look for the only file of this name.
  assert.equal(files.filter((file) => path.basename(file) === "gangwei").length, 1);
});

test("two runs give the same bytes", () => {
  const again = release(path.join(folder, "again"));
  assert.deepEqual(readFileSync(again), readFileSync(archive));
  const bills = [out, path.dirname(again)].map((one) => readFileSync(path.join(one, `${name}.cdx.json`)));
  assert.deepEqual(bills[0], bills[1]);
});

test("nothing in the archive tells when, by whom or where it was packed", () => {
  const lines = output("tar", "--list", "--verbose", "--numeric-owner", "--full-time", "--utc", "--gzip", "--file", archive).trim().split("\n");
  const time = new Date(TIME * 1000).toISOString().slice(0, 19).replace("T", " ");
  const names = lines.map((line) => {
    assert.match(line, /^(-rw-r--r--|[-d]rwxr-xr-x) 0\/0 /);
    assert.ok(line.includes(time), line);
    return line.split(/\s+/).at(-1);
  });
  assert.deepEqual(names, [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  for (const file of files.filter((file) => file !== "gangwei")) {
    for (const place of [root, homedir()].filter((place) => place.length > 1)) assert.ok(!read(file).includes(place), `${file} names ${place}`);
  }
});

test("a tree packed on another day, by another user's habits, gives the same archive", () => {
  const packed = ["first", "second"].map((which, index) => {
    const base = path.join(folder, which);
    const inner = path.join(base, "tree");
    mkdirSync(inner, { recursive: true });
    for (const file of index ? ["b", "a"] : ["a", "b"]) {
      writeFileSync(path.join(inner, file), file);
      chmodSync(path.join(inner, file), index ? 0o600 : 0o664);
      utimesSync(path.join(inner, file), index * 1e9, index * 1e9);
    }
    chmodSync(inner, index ? 0o700 : 0o775);
    execFileSync("bash", ["-c", 'source scripts/archive.sh; pack "$1" tree "$1.tar.gz"', "pack", base], { cwd: root, env: environment });
    return readFileSync(`${base}.tar.gz`);
  });
  assert.deepEqual(packed[0], packed[1]);
});

test("the checksums cover every file beside them and find a changed one", () => {
  const check = () => spawnSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: out }).status;
  const listed = readFileSync(path.join(out, "SHA256SUMS"), "utf8").trim().split("\n").map((line) => line.slice(66));
  assert.deepEqual(listed, [`${name}.cdx.json`, `${name}.tar.gz`]);
  assert.equal(check(), 0);
  const file = path.join(out, `${name}.cdx.json`);
  const whole = readFileSync(file);
  writeFileSync(file, Buffer.concat([whole, Buffer.from("\n")]));
  assert.notEqual(check(), 0);
  writeFileSync(file, whole);
});

test("the bill of materials is CycloneDX 1.6 as its schema has it", async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  assert.equal(await validator.validate(JSON.stringify(bill)), null);
  assert.notEqual(await validator.validate(JSON.stringify({ ...bill, components: [{ name: "no type" }] })), null);
  assert.equal(bill.metadata.timestamp, new Date(TIME * 1000).toISOString());
});

test("the bill names what is in the program, each crate as the lock pins it, and nothing of the tests", () => {
  const lock = readFileSync(path.join(root, "Cargo.lock"), "utf8");
  const names = bill.components.map((one) => one.name);
  for (const { name, version, hashes, licenses } of bill.components) {
    assert.ok(lock.includes(`name = "${name}"\nversion = "${version}"\n`), `${name} ${version}`);
    assert.ok(lock.includes(`checksum = "${hashes[0].content}"`), `${name}: checksum`);
    assert.ok(licenses[0].expression, name);
  }
  for (const wanted of ["clap", "tera", "pulldown-cmark"]) assert.ok(names.includes(wanted), wanted);
  for (const foreign of ["proptest", "insta", "scraper", "windows-sys"]) assert.ok(!names.includes(foreign), foreign);
  const refs = new Set([...bill.components, bill.metadata.component].map((one) => one["bom-ref"]));
  assert.deepEqual(new Set(bill.dependencies.map(({ ref }) => ref)), refs);
  for (const { dependsOn } of bill.dependencies) for (const ref of dependsOn) assert.ok(refs.has(ref), ref);
});

test("the licences of every crate are passed on", () => {
  const text = read("THIRD-PARTY.txt");
  for (const { name, version } of bill.components) assert.ok(text.includes(`${name} ${version}: `), name);
  assert.ok(text.includes("Permission is hereby granted, free of charge"));
});

test("every command has a manual in both languages, and every shell its completions", () => {
  assert.ok(commands.includes("build") && commands.includes("verify") && !commands.includes("man"), commands.join(" "));
  for (const page of ["gangwei", ...commands.map((command) => `gangwei-${command}`)]) {
    assert.match(read(`man/man1/${page}.1`), /^\.SH NAME$/m);
    assert.match(read(`man/zh_CN/man1/${page}.1`), /^\.SH 名称$/m);
    assert.doesNotMatch(read(`man/man1/${page}.1`), /\p{Script=Han}/u);
  }
  for (const file of ["gangwei.bash", "_gangwei", "gangwei.fish", "gangwei.ps1", "gangwei.elv"]) {
    for (const command of commands) assert.ok(read(`completions/${file}`).includes(command), `${file}: ${command}`);
  }
});

/** A program as small as can be beside the scripts of the release, with its own target folder. */
function small(where, main) {
  mkdirSync(path.join(where, "src"), { recursive: true });
  cpSync(path.join(root, "scripts"), path.join(where, "scripts"), { recursive: true });
  const version = readFileSync(path.join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];
  writeFileSync(path.join(where, "Cargo.toml"), `[package]\nname = "gangwei"\nversion = "${version}"\nedition = "2024"\nlicense = "MIT"\n\n[workspace]\n`);
  writeFileSync(path.join(where, "Cargo.lock"), `version = 4\n\n[[package]]\nname = "gangwei"\nversion = "${version}"\n`);
  writeFileSync(path.join(where, "src", "main.rs"), main);
  for (const file of ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"]) writeFileSync(path.join(where, file), file);
  const built = path.join(where, "built", host, "release");
  const plant = (file) => {
    mkdirSync(path.dirname(file), { recursive: true });
    rmSync(file, { force: true });
    writeFileSync(file, `#!/bin/sh\n[ "$1" = --version ] && echo gangwei ${version}\n# stale\n`, { mode: 0o755 });
    // Newer than anything, so that no comparison of times would make it anew.
    utimesSync(file, 4e9, 4e9);
  };
  const release = () => spawnSync(path.join(where, "scripts", "release.sh"), ["--target", host, "--out", path.join(where, "dist")], {
    encoding: "utf8",
    env: { ...environment, CARGO_TARGET_DIR: path.join(where, "built"), CARGO_NET_OFFLINE: "true" },
  });
  const archives = () => readdirSync(where).includes("dist") ? readdirSync(path.join(where, "dist")) : [];
  return { built, plant, release, archives };
}

const GREETING = 'fn main() { if std::env::args().nth(1).as_deref() == Some("--version") { println!("gangwei {}", env!("CARGO_PKG_VERSION")); } }\n';

test("where the compilation fails, nothing is packed: neither a program of another time nor an archive of an earlier run", () => {
  const where = path.join(folder, "broken");
  const { built, plant, release, archives } = small(where, "fn main() { broken }\n");
  plant(path.join(built, "gangwei"));
  mkdirSync(path.join(where, "dist"));
  writeFileSync(path.join(where, "dist", `${name}.tar.gz`), "of an earlier run");
  const ran = release();
  assert.notEqual(ran.status, 0, ran.stdout);
  assert.match(ran.stderr, /cannot find value `broken`/);
  assert.deepEqual(archives(), []);
});

test("what is packed is what was built now, wherever a program of another time lies", () => {
  const where = path.join(folder, "stale");
  const { built, plant, release } = small(where, GREETING);
  for (const place of [() => path.join(built, "gangwei"), () => path.join(built, "deps", readdirSync(path.join(built, "deps")).find((file) => /^gangwei-[0-9a-f]+$/.test(file)))]) {
    plant(place());
    const ran = release();
    assert.equal(ran.status, 0, ran.stderr);
    const packed = execFileSync("tar", ["--extract", "--gzip", "--to-stdout", "--file", ran.stdout.trim(), `${name}/gangwei`], { maxBuffer: 1 << 28 });
    assert.ok(!packed.includes("# stale") && packed.subarray(1, 4).toString() === "ELF", place());
  }
});

test("a program of another version, and a file that is none, are not released", () => {
  const place = path.join(folder, "other");
  const other = path.join(folder, "other-program");
  writeFileSync(other, "#!/bin/sh\necho gangwei 0.0.1\n", { mode: 0o755 });
  const ran = script("release.sh", "--target", host, "--binary", other, "--out", place);
  assert.equal(ran.status, 1, ran.stderr);
  assert.match(ran.stderr, /gangwei 0\.0\.1 is not version/);
  assert.throws(() => readdirSync(place));
  const static_ = (file) => spawnSync("bash", ["-c", 'source scripts/archive.sh; is_static "$1"; echo static', "is_static", file], { cwd: root, encoding: "utf8" });
  for (const { file, said } of [{ file: other, said: /readelf: Error/ }, { file: "/bin/bash", said: /is not static/ }]) {
    const { status, stdout, stderr } = static_(file);
    assert.notEqual(status, 0, file);
    assert.equal(stdout, "");
    assert.match(stderr, said);
  }
});

test("every script of the repository stops at the first failure, also inside a substitution", () => {
  const scripts = [...readdirSync(path.join(root, "scripts")).filter((file) => file.endsWith(".sh")).map((file) => `scripts/${file}`), "tests/run.sh", ".ci/run", ".ci/nightly"];
  for (const file of scripts) {
    const text = readFileSync(path.join(root, file), "utf8");
    assert.match(text, /^set -euo pipefail\nshopt -s inherit_errexit$/m, file);
    // Bash forgets a failure in these places.
    assert.doesNotMatch(text, /^\s*(local|export|readonly|declare)\b[^\n#]*=["']?\$\(/m, file);
    assert.doesNotMatch(text, /^\s*for \w+ in [^\n]*\$\(/m, file);
  }
});

test("a program that is not static is not released as one, and an unknown flag stops the script", { skip: process.platform !== "linux" }, () => {
  const place = path.join(folder, "refused");
  const target = host.replace("-gnu", "-musl");
  const dynamic = script("release.sh", "--target", target, "--binary", "/bin/bash", "--out", place);
  assert.equal(dynamic.status, 1, dynamic.stderr);
  assert.match(dynamic.stderr, /is not static|rustup target add/);
  assert.throws(() => readdirSync(place));
  for (const name of ["release.sh", "source.sh"]) assert.equal(script(name, "--frobnicate").status, 2, name);
});
