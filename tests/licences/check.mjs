// Checks every dependency, of the program and of its tests: an allowed licence, and a registry as its only source.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isAllowed } from "./expression.mjs";

const here = (file) => new URL(file, import.meta.url);
const allowed = new Set(
  readFileSync(here("allowed.txt"), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#")),
);
const faults = [];

function checkLicence(name, expression) {
  if (!expression) return faults.push(`${name}: states no licence`);
  try {
    if (!isAllowed(expression, allowed)) faults.push(`${name}: ${expression} is not among the allowed licences`);
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
}

function checkCrates() {
  const output = execFileSync("cargo", ["metadata", "--locked", "--format-version", "1"], {
    cwd: here("../../"),
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  const { packages, workspace_members: own } = JSON.parse(output);
  for (const { id, name, version, license, source } of packages) {
    checkLicence(`${name} ${version}`, license);
    // A folder has no source at all; only the project itself may be one.
    const fromRegistry = /^(registry|sparse)\+/.test(source ?? "");
    if (!fromRegistry && !own.includes(id)) faults.push(`${name} ${version}: comes from ${source ?? "a folder"}, not from a registry`);
  }
  return packages.length;
}

function checkNpmPackages() {
  const { packages } = JSON.parse(readFileSync(here("../../package-lock.json"), "utf8"));
  const entries = Object.entries(packages);
  for (const [path, { version, license, resolved, link, integrity }] of entries) {
    const name = path ? `${path.replace(/^.*node_modules\//, "")} ${version}` : "package.json";
    checkLicence(name, typeof license === "string" ? license : undefined);
    if (link || resolved) faults.push(`${name}: the lock names where it comes from; it must come from whatever registry is set`);
    if (path && !integrity) faults.push(`${name}: the lock holds no checksum`);
  }
  return entries.length;
}

const checked = checkCrates() + checkNpmPackages();
for (const fault of faults) console.error(fault);
console.log(`licences: ${checked} packages checked, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
