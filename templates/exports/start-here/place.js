/* Evidence opened at the claimed place: the passage marked, the player at the second, the region drawn.
   All text goes into the page as text: nothing that a learner wrote is ever read as HTML. */
const RECORD = JSON.parse(document.getElementById("record").textContent);
const OPENED = new Map();
const TIME = new Intl.DateTimeFormat(RECORD.centre.language, { dateStyle: "medium", timeStyle: "short", timeZone: RECORD.centre.timezone });
const DAY = new Intl.DateTimeFormat(RECORD.centre.language, { dateStyle: "medium", timeZone: "UTC" });

/* All of one learner, read when it is first wanted: a page of a hundred learners opens as fast as one of three. */
function whole(folder) {
  const held = OPENED.has(folder) ? null : document.getElementById(`learner/${folder}`);
  if (held) OPENED.set(folder, JSON.parse(held.textContent));
  return OPENED.get(folder);
}

/* An element: attributes, then children (elements or plain text). */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== "" && child !== undefined && child !== null && child !== false));
  return element;
}

/* What somebody typed, on its own lines. */
function lined(text) { return text.split(/\r\n|\r|\n/).flatMap((line, at) => at ? [el("br"), line] : [line]); }

function time(text) { return text ? el("time", { datetime: text }, TIME.format(new Date(text))) : ""; }
function day(text) { return text ? el("time", { datetime: text }, DAY.format(new Date(text))) : "not given"; }
function clock(seconds) {
  const whole = Math.floor(seconds), two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
function bytes(size) { return size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`; }
function enumerated(...parts) { return parts.filter(Boolean).join(", "); }

/* What texts that people take for the same have in common: capitals, accents however composed, kinds of apostrophe, of dash and of space. */
function alike(text) {
  const plain = text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD").replace(/[\u0060\u00b4\u02b9-\u02bf\u2018-\u201b\u2032\u2035\u2039\u203a\u275b\u275c]/g, "'");
  return plain.replace(/[\u00ab\u00bb\u201c-\u201f\u2033\u2036\u275d\u275e]/g, '"').replace(/[\p{Pd}\u2212\u2043]/gu, "-").replace(/ı/g, "i").replace(/i\u0307/g, "i").replace(/[\p{Cf}\p{Variation_Selector}]/gu, "").replace(/\s+/g, " ").trim();
}
function address(path) { return path.split("/").map(encodeURIComponent).join("/"); }

const VERDICTS = { met: ["met", "✓"], "partly met": ["partly", "◐"], "not met": ["not", "✗"], "": ["open", "–"] };
function verdict(word) {
  const [kind, sign] = VERDICTS[word] || VERDICTS[""];
  return el("span", { class: `verdict ${kind}` }, el("span", { "aria-hidden": "true" }, `${sign} `), word || "open");
}

/* Where a claim points, in words. */
function spoken(claim) {
  if (claim.place === "passage") return claim.exact.length > 160 ? `“${claim.exact.slice(0, 160)}…”` : `“${claim.exact}”`;
  if (claim.place === "span") return `${clock(claim.start)} to ${clock(claim.end)}`;
  if (claim.place === "page") return `page ${claim.page}`;
  return claim.place === "region" ? "a part of the picture" : "the whole item";
}

function link(learner, claim) { return `#/${learner.folder}/${claim.evidence}/${claim.number}`; }

/* Elements of a learner's text that keep their look; every other one becomes a plain span, and no attribute is kept. */
const KEPT = new Set("P UL OL LI BLOCKQUOTE EM STRONG CODE PRE TABLE THEAD TBODY TR TH TD HR BR DEL SUB SUP".split(" "));

/* The text with every claimed passage marked and numbered, in its paragraphs where their text is the same to the letter. */
function marked(item, claims, chosen) {
  const passages = claims.filter((claim) => claim.place === "passage"), marking = { passages, chosen, at: 0 };
  const read = new DOMParser().parseFromString(`<!DOCTYPE html><body><div>${item.html}</div>`, "text/html").body.firstChild;
  if (read && read.textContent === item.plain) return el("div", { class: "text" }, [...read.childNodes].map((node) => copied(node, marking)));
  return el("div", { class: "text as-written" }, pieces(item.plain, marking));
}

function copied(node, marking) {
  if (node.nodeType === Node.TEXT_NODE) return pieces(node.data, marking);
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const name = /^H[1-6]$/.test(node.nodeName) ? "h2" : KEPT.has(node.nodeName) ? node.nodeName.toLowerCase() : "span";
  return el(name, {}, [...node.childNodes].map((child) => copied(child, marking)));
}

/* A run of text cut where passages begin and end. Offsets count code points, so the text is cut in those. */
function pieces(text, marking) {
  const signs = Array.from(text), from = marking.at, to = marking.at += signs.length;
  const borders = marking.passages.flatMap(({ start, end }) => [start, end]).filter((cut) => from < cut && cut < to);
  const cuts = [...new Set([from, ...borders, to])].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((start, at) => piece(signs.slice(start - from, cuts[at + 1] - from).join(""), start, cuts[at + 1], marking));
}

function piece(text, from, to, { passages, chosen }) {
  const over = passages.filter(({ start, end }) => start <= from && from < end);
  if (!over.length) return text;
  const first = over.includes(chosen) && chosen.start === from, ending = over.filter(({ end }) => end === to).map(({ number }) => number);
  const mark = el("mark", { class: over.includes(chosen) ? "chosen" : undefined, id: first ? "chosen" : undefined }, text);
  if (ending.length) mark.append(el("sup", {}, ending.join(" ")));
  return mark;
}

function player(file, chosen) {
  const media = el(file.kind === "video" ? "video" : "audio", { controls: true, preload: "metadata", src: address(file.path), "aria-label": file.name });
  if (chosen && chosen.place === "span") media.addEventListener("loadedmetadata", () => { media.currentTime = chosen.start; }, { once: true });
  if (chosen) media.id = "chosen";
  return media;
}

/* Play from the claim's first second to its last. */
function play(media, claim) {
  const stop = () => {
    if (media.currentTime < claim.end) return;
    media.pause();
    media.removeEventListener("timeupdate", stop);
  };
  media.currentTime = claim.start;
  media.addEventListener("timeupdate", stop);
  media.play();
}

function picture(file, claims, chosen) {
  const frame = el("div", { class: "picture" }, el("img", { src: address(file.path), alt: `Picture in the evidence: ${file.name}` }));
  for (const claim of claims.filter(({ place }) => place === "region")) {
    const [x, y, width, height] = claim.xywh.replace("percent:", "").split(",").map(Number);
    const region = el("div", { class: claim === chosen ? "region chosen" : "region", id: claim === chosen ? "chosen" : undefined }, el("span", {}, String(claim.number)));
    Object.assign(region.style, { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` });
    frame.append(region);
  }
  return frame;
}

const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];

/* One original: shown, played, or named. Only kinds that a browser shows without running anything are opened. */
function original(file, claims, chosen) {
  const own = claims.filter((claim) => !claim.file || claim.file === file.sha256);
  const mine = own.includes(chosen) ? chosen : undefined;
  const about = el("figcaption", {}, `${file.name}, ${bytes(file.size)}${file.duration ? `, ${clock(file.duration)}` : ""} `, el("span", { class: "code" }, file.path),
    file.remarks.length ? el("p", { class: "remarks" }, file.remarks.join(" ")) : "");
  if (file.kind === "audio" || file.kind === "video") return el("figure", {}, player(file, mine), about);
  if (PICTURES.includes(file.media_type)) return el("figure", {}, picture(file, own, mine), about);
  if (file.media_type !== "application/pdf") return el("figure", {}, el("p", {}, "Open this file from the pack’s folder with a program of your choice."), about);
  const page = mine && mine.place === "page" ? `#page=${mine.page}` : "";
  const open = el("a", { class: "button", href: address(file.path) + page, target: "_blank", rel: "noopener", id: mine ? "chosen" : undefined }, page ? `Open the document at page ${mine.page}` : "Open the document");
  return el("figure", {}, el("p", {}, open), about);
}
