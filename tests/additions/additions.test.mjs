// A field, a facet and an output are each declared once: a copy of the program gets one of each, and the files that had to
// change are counted. It compiles the program, so it is a long form: node --test tests/additions/additions.test.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(path.join(tmpdir(), 'additions-'));
after(() => rmSync(copy, { recursive: true, force: true }));

/** Changed files of the copy, below it. */
const changed = { field: new Set(), facet: new Set(), output: new Set() };

/** Puts text in front of the one place where `before` stands. */
function add(what, file, before, text) {
  const full = path.join(copy, file);
  const source = readFileSync(full, 'utf8');
  assert.equal(source.split(before).length, 2, `${file} holds ${before} once`);
  writeFileSync(full, source.replace(before, () => text + before));
  changed[what].add(file);
}

/** The text of every file of a folder, by path. */
function texts(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => {
    const full = path.join(entry.parentPath, entry.name);
    return [path.relative(folder, full).replaceAll('\\', '/'), readFileSync(full, 'utf8')];
  }));
}

function site(...fields) {
  const folder = mkdtempSync(path.join(copy, 'site-'));
  mkdirSync(path.join(folder, 'content/jobs'), { recursive: true });
  writeFileSync(path.join(folder, 'gangwei.yaml'), 'title: 招聘\nbase_url: https://jobs.example.com/\norganization: {name: 示例银行}\n');
  writeFileSync(path.join(folder, 'content/jobs/J-1.md'), [
    '---', 'title: 柜员', 'unit: 示例银行北京分行', 'department: 营业部', 'locations: [北京]', 'headcount: 2', 'salary: 8000-12000元/月',
    'published: 2026-11-01', 'closes: 2026-12-31', '应聘方式: {邮箱: hr@jobs.example.com}', ...fields, '---', '', '## 岗位职责', '', '- 办理柜面业务。', '', '## 任职要求', '', '- 大专及以上学历。', '',
  ].join('\n'));
  return folder;
}

/** The addresses that the search of a portal finds, by the reader that browsers run. */
function found(out, question) {
  const index = path.join(out, 'search');
  const files = readdirSync(index, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const bytes = files.map((file) => readFileSync(file));
  const names = files.map((file, place) => [path.relative(index, file).replaceAll('\\', '/'), bytes[place].length]);
  const packed = `${out}.index`;
  writeFileSync(packed, Buffer.concat([Buffer.from(`${JSON.stringify(names)}\n`), ...bytes]));
  const scripts = mkdtempSync(path.join(copy, 'scripts-'));
  for (const name of readdirSync(path.join(out, 'assets'))) {
    const script = /^(search(?:-pinyin)?)[.-][0-9a-f]+\.js$/.exec(name);
    if (script) cpSync(path.join(out, 'assets', name), path.join(scripts, `${script[1]}.js`));
  }
  const reader = path.join(root, 'tests/it/search/reader.mjs');
  const answer = execFileSync('node', [reader, scripts, packed], { input: `${JSON.stringify(question)}\n`, encoding: 'utf8' });
  return JSON.parse(answer).results.map((result) => result.url.replace('/base/', '/'));
}

test('a field, a facet and an output', () => {
  for (const part of ['src', 'themes', 'benches', 'Cargo.toml', 'Cargo.lock', 'clippy.toml', 'build.rs', 'README.md']) {
    try {
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  mkdirSync(path.join(copy, 'tests/it'), { recursive: true });
  writeFileSync(path.join(copy, 'tests/it/main.rs'), '//! No tests.\n');

  add('field', 'src/kinds/job.rs', '        languages: Vec<String> = "languages"',
    '        interview_languages: Vec<String> = "interview_languages", "面试语言", Optional, "面试用的语言", "languages of the interview", "";\n');
  add('facet', 'src/views/search_facets.rs', '    facet("education", Source::Field),', '    facet("contract_type", Source::Field),\n');
  add('facet', 'src/views/search_facets.rs', 'SearchFacet; 7]', '');
  const facets = path.join(copy, 'src/views/search_facets.rs');
  writeFileSync(facets, readFileSync(facets, 'utf8').replace('SearchFacet; 7]', 'SearchFacet; 8]'));
  writeFileSync(path.join(copy, 'src/outputs/count.rs'), `//! \`count.txt\`: how many documents an edition has.

use super::file_output::{FileOutput, Scope, once};

/// The number of documents.
pub(super) const COUNT: FileOutput = FileOutput {
    name: "count.txt",
    scope: Scope::Edition,
    content_type: "text/plain; charset=utf-8",
    template: None,
    is_reviewed: false,
    subjects: once,
    make: |making, _| Ok(making.views.site.documents.len().to_string().into_bytes()),
};
`);
  changed.output.add('src/outputs/count.rs');
  add('output', 'src/outputs/mod.rs', 'mod feed;', 'mod count;\n');
  add('output', 'src/outputs/mod.rs', '    feed::LIST_ATOM_FEED,', '    count::COUNT,\n');
  assert.deepEqual([changed.field.size, changed.facet.size, changed.output.size], [1, 1, 2]);

  // The libraries are those that the program's own tests have built.
  const target = path.join(root, 'target');
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  execFileSync('cargo', ['build', '--locked', '--quiet', '--bin', 'gangwei'], { cwd: copy, env, stdio: 'inherit' });
  const program = path.join(copy, 'gangwei');
  cpSync(path.join(target, 'debug/gangwei'), program);

  const run = (...options) => execFileSync(program, options, { cwd: copy, encoding: 'utf8' });
  const [before, later] = [site('面试语言: [粤语]', '用工形式: 劳动合同'), site('面试语言: [粤语, 英语]', '用工形式: 劳动合同')];
  const outs = [before, later].map((folder) => {
    const out = `${folder}-out`;
    run('build', folder, '--out', out, '--as-of', '2026-11-21');
    return out;
  });
  const files = texts(outs[0]);
  const page = files.get('jobs/J-1/index.html');
  assert.match(page, /面试语言[\s\S]{0,200}粤语/, 'shown under its declared name');
  assert.match(files.get('jobs.json'), /"interview_languages":\s*"粤语"|"interview_languages"[^}]*粤语/, 'exported as JSON');
  assert.match(files.get('jobs.xml'), /<interviewlanguages><!\[CDATA\[粤语/, 'exported as XML');
  assert.match(run('schema', 'job'), /interview_languages/, 'known to editors');
  const diff = run('diff', outs[0], outs[1], '--lang', 'zh');
  assert.match(diff, /面试语言|interview_languages/, 'compared');
  assert.deepEqual(found(outs[0], { query: '粤语' }), ['/jobs/J-1/'], 'found by its words');

  const search = files.get('search/index.html');
  assert.match(search, /data-facet="contract_type"/, 'a box on the search page');
  assert.ok([...files.keys()].some((name) => /^search\/columns\/contract_type-.*\.bin$/.test(name)), 'a column of the index');
  assert.deepEqual(found(outs[0], { query: '', options: { filters: { contract_type: 'labour-contract' } } }), ['/jobs/J-1/'], 'narrowed by it');
  assert.equal(files.get('count.txt'), '1', 'a file of the portal');
  assert.match(files.get('manifest.json'), /count\.txt/, 'in the manifest');
});
