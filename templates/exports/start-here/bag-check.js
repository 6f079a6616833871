/* Checks a pack that is dropped on the page: the ZIP byte by byte, both manifests, every hash, and the log's chain.
   The same rules as verify.py, which also knows signatures, records and claims. */
const BLOCK = 4 << 20;
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

class Broken extends Error {
  constructor(where, what) { super(`${where}: ${what}`); this.where = where; this.what = what; }
}

async function bytesOf(file, from, to) { return new Uint8Array(await file.slice(from, to).arrayBuffer()); }

function record(fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  return bytes;
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
  return all;
}

function same(one, other) { return one.length === other.length && one.every((byte, at) => byte === other[at]); }

const U16 = 0xffff, U32 = 0xffffffff;

function localRecord({ raw, size, crc }) {
  const big = size >= U32, shown = Math.min(size, U32);
  const extra = big ? record([[1, 2], [16, 2], [size, 8], [size, 8]]) : new Uint8Array();
  const fixed = [[0x04034b50, 4], [big ? 45 : 20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2], [crc, 4], [shown, 4], [shown, 4]];
  return joined(record([...fixed, [raw.length, 2], [extra.length, 2]]), raw, extra);
}

function centralRecord({ raw, size, crc, offset }) {
  const wide = [...(size >= U32 ? [[size, 8], [size, 8]] : []), ...(offset >= U32 ? [[offset, 8]] : [])];
  const extra = wide.length ? record([[1, 2], [8 * wide.length, 2], ...wide]) : new Uint8Array();
  const shown = Math.min(size, U32);
  const fixed = [[0x02014b50, 4], [(3 << 8) | 45, 2], [wide.length ? 45 : 20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2]];
  const sizes = [[crc, 4], [shown, 4], [shown, 4], [raw.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2]];
  return joined(record([...fixed, ...sizes, [0o100644 * 65536, 4], [Math.min(offset, U32), 4]]), raw, extra);
}

function endRecord(count, size, offset) {
  const few = [[Math.min(count, U16), 2], [Math.min(count, U16), 2], [Math.min(size, U32), 4], [Math.min(offset, U32), 4]];
  const short = record([[0x06054b50, 4], [0, 2], [0, 2], ...few, [0, 2]]);
  if (count < U16 && size < U32 && offset < U32) return short;
  const versions = [[(3 << 8) | 45, 2], [45, 2], [0, 4], [0, 4]];
  const long = record([[0x06064b50, 4], [44, 8], ...versions, [count, 8], [count, 8], [size, 8], [offset, 8]]);
  return joined(long, record([[0x07064b50, 4], [0, 4], [offset + size, 8], [1, 4]]), short);
}

/* The files of the ZIP, if they stand side by side without a gap; throws Broken, naming the one that does not. */
async function entriesOf(file) {
  const tail = await bytesOf(file, Math.max(0, file.size - 98), file.size);
  const view = new DataView(tail.buffer), short = tail.length - 22;
  if (short < 0 || view.getUint32(short, true) !== 0x06054b50) throw new Broken("the ZIP's end record", "is not where it should be");
  let [count, size, offset] = [view.getUint16(short + 10, true), view.getUint32(short + 12, true), view.getUint32(short + 16, true)];
  if (count === U16 || size === U32 || offset === U32) {
    if (tail.length < 98) throw new Broken("the ZIP's end record", "is not where it should be");
    [count, size, offset] = [32, 40, 48].map((at) => Number(view.getBigUint64(at, true)));
  }
  const end = endRecord(count, size, offset);
  if (size > 1 << 26 || offset + size + end.length !== file.size || !same(tail.subarray(tail.length - end.length), end)) {
    throw new Broken("the ZIP's end record", "is not as it was written");
  }
  return walk(await bytesOf(file, offset, offset + size), offset);
}

function walk(directory, start) {
  const view = new DataView(directory.buffer), entries = [];
  for (let at = 0, offset = 0; at < directory.length || offset !== start;) {
    if (directory.length - at < 46) throw new Broken("the ZIP's directory", "does not account for every byte");
    const crc = view.getUint32(at + 16, true), named = view.getUint16(at + 28, true), extra = view.getUint16(at + 30, true);
    const raw = directory.slice(at + 46, at + 46 + named), name = UTF8.decode(raw);
    let size = view.getUint32(at + 24, true);
    if (size === U32 && extra >= 12 && at + 58 + named <= directory.length) size = Number(view.getBigUint64(at + 50 + named, true));
    const entry = { name, path: name.slice(name.indexOf("/") + 1), raw, size, crc, offset };
    const written = centralRecord(entry);
    if (!same(directory.subarray(at, at + written.length), written)) throw new Broken(name, "its record in the ZIP's directory is not as it was written");
    entry.start = offset + localRecord(entry).length;
    at += written.length;
    offset = entry.start + size;
    if (offset > start) throw new Broken(name, "is said to be larger than the pack");
    entries.push(entry);
  }
  return entries;
}

function listed(text, name, faults) {
  const lines = new Map();
  text.split("\n").slice(0, -1).forEach((line, number) => {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (!match) faults.push([name, `line ${number + 1} is not a hash and a path`]);
    else lines.set(match[2].replace(/%(0[aAdD]|25)/g, (code) => decodeURIComponent(code)), match[1]);
  });
  return lines;
}

/* Checks a pack (a File). Tells how far it is by `progress(done, all)`. Gives {files, bytes, events, faults: [[where, what]]}. */
async function checkPack(file, progress) {
  const faults = [], hashes = new Map(), texts = new Map();
  const wanted = ["manifest-sha256.txt", "tagmanifest-sha256.txt", "data/log/head.json", "data/format.json"];
  const result = { files: 0, bytes: file.size, events: 0, faults };
  try {
    const entries = await entriesOf(file), chain = new Chain(faults);
    if (new Set(entries.map(({ name }) => name.split("/")[0])).size !== 1) faults.push(["the ZIP", "should hold one folder"]);
    for (const entry of entries) {
      if (hashes.has(entry.path)) faults.push([entry.path, "stands in the pack twice"]);
      const taken = await taking(file, entry, { chain, keep: wanted.includes(entry.path), progress, faults });
      hashes.set(entry.path, taken.hash);
      if (taken.text !== undefined) texts.set(entry.path, taken.text);
    }
    result.files = entries.length;
    known(texts.get("data/format.json"));
    compare(hashes, texts, faults);
    result.events = chain.close(texts.get("data/log/head.json"));
  } catch (problem) {
    if (!(problem instanceof Broken)) throw problem;
    faults.push([problem.where, problem.what]);
  }
  return result;
}

const FORMAT = 3;  // the newest that this page reads, with all before it; packs without the file are older

function known(text) {
  let format = text === undefined ? 1 : undefined;
  try { format ??= JSON.parse(text).pack; } catch { /* no number */ }
  if (!Number.isInteger(format) || format < 1) throw new Broken("data/format.json", "names no format");
  if (format > FORMAT) throw new Broken("data/format.json", `is format ${format}, and this page knows 1 to ${FORMAT}: open START-HERE.html of that pack`);
}

async function taking(file, entry, { chain, keep, progress, faults }) {
  const digest = new Sha256(), kept = [], end = entry.start + entry.size, header = localRecord(entry);
  let crc = 0;
  for (let at = entry.offset; at < end; at += BLOCK) {
    const read = await bytesOf(file, at, Math.min(at + BLOCK, end)), first = at === entry.offset;
    if (first && !same(read.subarray(0, header.length), header)) faults.push([entry.path, "its record in the ZIP is not as it was written"]);
    const bytes = first ? read.subarray(header.length) : read;
    digest.update(bytes);
    crc = crc32(bytes, crc);
    if (keep) kept.push(bytes);
    if (entry.path === "data/log/events.jsonl") chain.take(bytes);
    progress(at + read.length, file.size);
  }
  if (crc !== entry.crc) faults.push([entry.path, "its bytes were changed"]);
  return { hash: digest.hex(), text: keep ? UTF8.decode(joined(...kept)) : undefined };
}

function compare(hashes, texts, faults) {
  const tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"], payload = [...hashes.keys()].filter((path) => path.startsWith("data/"));
  const seal = ["tagmanifest-sha256.txt", "tagmanifest-sha256.txt.p7s"];
  for (const path of hashes.keys()) if (![...tags, ...seal].includes(path) && !path.startsWith("data/")) faults.push([path, "does not belong into the pack"]);
  for (const [name, expected] of [["manifest-sha256.txt", payload], ["tagmanifest-sha256.txt", tags]]) {
    const lines = listed(texts.get(name) || "", name, faults);
    for (const path of new Set([...lines.keys(), ...expected])) {
      if (!hashes.has(path)) faults.push([path, `is listed in ${name} and not in the pack`]);
      else if (!lines.has(path)) faults.push([path, `is in the pack and not listed in ${name}`]);
      else if (lines.get(path) !== hashes.get(path)) faults.push([path, `its bytes are not those that ${name} gives (SHA-256)`]);
    }
  }
}

/* The log's chain of hashes. A line is canonical JSON, so its own hash can be cut out of its text. */
class Chain {
  constructor(faults) { this.faults = faults; this.held = new Uint8Array(); this.seq = 0; this.prev = "0".repeat(64); this.broken = false; }

  take(bytes) {
    let rest = joined(this.held, bytes);
    for (let end = rest.indexOf(10); end >= 0 && !this.broken; end = rest.indexOf(10)) {
      this.line(UTF8.decode(rest.subarray(0, end)));
      rest = rest.subarray(end + 1);
    }
    this.held = rest;
  }

  line(text) {
    this.seq += 1;
    const bare = /^\{"hash":"([0-9a-f]{64})","prev":"([0-9a-f]{64})","seq":(\d+)\}$/.exec(text);  // a line about others
    const own = text.lastIndexOf(',"hash":"');
    const match = bare || /^,"hash":"([0-9a-f]{64})","prev":"([0-9a-f]{64})",.*"seq":(\d+),/s.exec(text.slice(own));
    if (!match || Number(match[3]) !== this.seq) this.breaks("is missing, or is not a line of the log");
    else if (match[2] !== this.prev) this.breaks(`does not follow from event ${this.seq - 1}`);
    else if (!bare && new Sha256().update(new TextEncoder().encode(text.slice(0, own) + text.slice(own + 74))).hex() !== match[1]) this.breaks("was changed after it was written");
    if (match) this.prev = match[1];
  }

  breaks(what) { this.broken = true; this.faults.push([`data/log/events.jsonl, event ${this.seq}`, what]); }

  close(head) {
    let given = {};
    try { given = JSON.parse(head); } catch { this.faults.push(["data/log/head.json", "is not there or cannot be read"]); return this.seq; }
    if (!this.broken && (given.seq !== this.seq || given.hash !== this.prev)) {
      this.faults.push(["data/log/events.jsonl", `ends at event ${this.seq}, and the head names event ${given.seq}`]);
    }
    return this.seq;
  }
}
