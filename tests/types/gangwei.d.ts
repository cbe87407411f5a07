// What the scripts of the default theme share, and what they may take for granted of a page.

/** What a template wrote on an element, `data-*`: texts that the scripts always find. */
type Words = Record<string, string>;

/** A posting as this device keeps it. */
interface SavedPosting {
  id: string;
  title: string;
  facts: string[][];
}

/** The one name that scripts share. The members stand in the order of the scripts that give them. */
interface Gangwei {
  // 00-start.js
  start<E extends HTMLElement = HTMLElement>(name: string, run: (element: E) => void): void;
  wake(root: ParentNode): void;
  make<K extends keyof HTMLElementTagNameMap>(name: K, className?: string, text?: string): HTMLElementTagNameMap[K];
  button(text: string, className: string, press: (event: MouseEvent) => void): HTMLButtonElement;
  /** A row with every part of the pattern, its title filled in. */
  row(kind: string, url: string, title: string | Node): HTMLElement;
  rowFacts(row: HTMLElement, facts: string[]): void;
  fill(text: string, values: Record<string, unknown>): string;
  today(now?: number): string;

  // 01-store.js
  store: {
    /** What is kept may have been written by anything; it is an array where the fallback is one, else an object. */
    read(name: string, fallback: object): any;
    lasting(name: string, fallback: object): any;
    write(name: string, value: object): boolean;
    wipe(names: string[]): void;
  };

  // candidate-marks.js
  facts(page: ParentNode): string[][];
  saved(): SavedPosting[];

  // share.js
  copyButton(label: string, className: string, text: string): HTMLButtonElement;
  copyText(text: string, show: () => HTMLInputElement | HTMLTextAreaElement): Promise<boolean>;
  sayCopied(pressed: HTMLButtonElement, label: string): void;
}

declare var gangwei: Gangwei;

// The templates hold what the scripts look for, and tests in a browser hold both together: a search in the page gives an
// element. Where one may be missing, the script says so itself: `@type {HTMLElement | null}`.
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K];
  querySelector<E extends Element = HTMLElement>(selectors: string): E;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}

interface Element {
  closest<E extends Element = HTMLElement>(selectors: string): E;
}

// ---- Reports: the form that the program writes into the page (src/blanks), and what becomes of it there.

type ReportFormula = number | ['field', number, number] | ['+' | '-' | '*' | '/', ReportFormula, ReportFormula];

interface ReportField {
  name: string;
  label: string;
  type: string;
  unit: string | null;
  formula: ReportFormula | null;
  required: boolean;
  section: number;
  blanks: number[];
  hint?: string | null;
  example?: string | null;
}

interface ReportBlank {
  field: number;
  digits: number | null;
}

interface ReportCheck {
  total: number;
  parts: [number, number][];
}

interface ReportForm {
  version: string;
  sections: string[];
  fields: ReportField[];
  blanks: ReportBlank[];
  checks: ReportCheck[];
  text: string[];
}

type ReportValue =
  | { fault?: undefined; shown: string; number: number | null; decimals: number; iso?: string }
  | { fault: string };

/** What speaks against a field; the sentence that says so is chosen by `fault`. */
interface ReportDoubt {
  fault: string;
  text?: string;
  typed?: string;
  computed?: string;
  sum?: string;
  total?: string;
  parts?: number[];
}

interface ReportState {
  typed: string[];
  shown: string[];
  set(index: number, text: string): number[];
  read(index: number): ReportValue | null;
  isComputed(index: number): boolean;
  doubt(index: number): ReportDoubt | null;
  missing(): number;
}

interface Draft {
  template: string;
  title: string;
  version: string;
  name: string;
  values: Texts;
  labels: Texts;
}

interface Drafts {
  list(): { id: number; draft: Draft }[];
  read(id: number): Draft | null;
  holds(key: string | null): boolean;
  save(id: number, draft: Draft): boolean;
  remove(id: number): boolean;
  last(): number;
  remember(id: number): void;
  wipe(): boolean;
}

type Texts = Map<string, string>;

interface ReportPlace {
  element: HTMLElement;
  blank: ReportBlank;
  gap: string | null;
  label: string | null;
}

interface ReportText {
  show(index: number, shown: string): void;
  mark(index: number, message: string | null): void;
  highlight(index: number | null, bring: boolean): void;
  plain(): string;
  count(): number;
}

interface Pause {
  cancel(): void;
  now(): void;
  later(): void;
}

interface ReportFieldParts {
  row: HTMLElement;
  input: HTMLInputElement;
  message: HTMLElement;
  badge: HTMLElement;
}

/** What the parts of a report's page need of it. */
interface ReportPage {
  work: HTMLElement;
  form: ReportForm;
  words: Words;
  say(sentence: string): void;
}

interface ShelfPage extends ReportPage {
  afterPause(run: () => void, pause: number): Pause;
  fill(values: Texts): void;
  adopt(values: Texts): void;
  typed(): Texts;
  labels(): Texts;
}

interface ToolsPage extends ReportPage {
  plain(): string;
  shown(): string[];
  mask(on: boolean): void;
}

interface Gangwei {
  reportValues: {
    EMPTY: string;
    fold(text: string): string;
    readValue(text: string, type: string, unit: string | null): ReportValue | null;
    round(number: number, decimals: number): number;
    scale(unit: string | null): number;
    showComputed(number: number, most?: number): { shown: string; decimals: number };
    showFor(type: string, number: number): string;
    evaluate(expr: ReportFormula, numbers: (number | null)[]): number | null;
    needs(expr: ReportFormula): number[];
    contradicts(value: { number: number; decimals: number }, computed: number): boolean;
    exceeds(check: ReportCheck, numbers: (number | null)[]): number | null;
    shownAt(blank: ReportBlank, shown: string): string;
    fill(form: ReportForm, shown: string[]): string;
    desensitise(shown: string[]): string[];
  };
  reportState: { openState(form: ReportForm): ReportState };
  reportDrafts: {
    parse(json: string | null): Draft | null;
    write(draft: Draft): string;
    merge(
      base: Texts,
      own: Texts,
      other: Texts,
    ): { values: Texts; taken: Texts; isTorn: boolean };
    agreed(base: Texts, own: Texts, other: Texts): Texts;
    openDrafts(reach: () => Storage, template: string): Drafts;
  };
  reportText: {
    openText(sheet: HTMLElement, form: ReportForm, words: Words, go: (field: number) => void): ReportText;
  };
  reportFields: { makeFields(form: ReportForm, box: HTMLElement, words: Words): ReportFieldParts[] };
  reportShelf: { openShelf(page: ShelfPage): { meet(): void; keep(): void; start(): void } };
  reportTools: { openTools(page: ToolsPage): void };
}

// ---- Search

interface Tolerance {
  fuzzy?: boolean;
  typing?: boolean;
}

interface Pinyin {
  syllables(input: string): string[][];
  matches(split: string[], reading: string[], tolerance?: Tolerance): boolean;
  initials(reading: string[]): string;
  decode(text: string): Map<string, string[]>;
  wordReadings(table: Map<string, string[]>, word: string): string[][];
}

/** The start and the end of a marked part of a text. */
type SearchMark = [number, number];

/** A list of lists.json: its facet, its name, and its pages, each with id, name, link and count. */
type SearchList = [string, string, [string, string, string, number][]];

/** Gives the bytes of a file of the index; `fresh`: its name does not change with its content. */
type SearchFetch = (path: string, fresh: boolean) => Promise<Uint8Array | undefined>;

interface SearchRange<T> {
  from?: T | null;
  to?: T | null;
}

/** What a query may say besides its words; docs/search.md describes it. */
interface SearchWanted {
  filters?: Record<string, string | string[] | SearchRange<number | string>>;
  sort?: string;
  state?: string;
  limit?: number;
  offset?: number;
  facets?: boolean;
}

interface SearchResult {
  url: string;
  title: string;
  kind: string;
  excerpt: string;
  marks: SearchMark[];
  titleMarks: SearchMark[];
  closed: boolean;
  facets: Record<string, string[]>;
  score: number;
}

interface SearchCount {
  id: string;
  name: string;
  count: number;
}

interface SearchSuggestion {
  kind: string;
  text: string;
  query: string;
  words: string[];
  total?: number;
}

interface SearchAnswer {
  total: number;
  exact: boolean;
  results: SearchResult[];
  facets: Record<string, SearchCount[]> | null;
  suggestions: SearchSuggestion[];
}

interface SearchReader {
  preload(): Promise<void>;
  suggest(typed: string, limit?: number): Promise<string[]>;
  search(text: string, wanted?: SearchWanted): Promise<SearchAnswer>;
}

interface Gangwei {
  // search-box.js
  kindsOf(form: HTMLFormElement): Map<string, string>;
  marked(text: string, marks?: SearchMark[]): DocumentFragment;
  search(query: string, wanted?: SearchWanted): Promise<SearchAnswer>;
  searchData(path: string, text: string): void;
  searchLists(): Promise<SearchList[]>;

  // search-pinyin.js: an aid that may be missing.
  pinyin?: Pinyin;

  // search/
  openSearch(given: { fetchBytes: SearchFetch; base?: string }): SearchReader;
  searchParts: {
    inflate(bytes: Uint8Array): Uint8Array;
    decodeFold(bytes: Uint8Array): Map<number, number>;
    foldText(text: string, pairs: Map<number, number> | null): string;
  };
}
