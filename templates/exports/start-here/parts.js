/* What every page of the pack is made of: elements, words, states, places.
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

const SVG = "http://www.w3.org/2000/svg";
function icon(name) {
  const drawn = document.createElementNS(SVG, "svg"), use = document.createElementNS(SVG, "use");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  drawn.append(use);
  return drawn;
}

/* A verdict or a state of a unit: a sign, a word and a tint. */
function status(word) {
  const kind = (word || "open").replaceAll(" ", "-"), said = word === "gathering" ? "in progress" : word || "open";
  return el("span", { class: `status is-${kind}` }, icon(kind), said[0].toUpperCase() + said.slice(1));
}

const seconds = (claim) => `${clock(claim.start)} to ${clock(claim.end)}`;

/* Where a claim points, in words. */
function spoken(claim) {
  if (claim.place === "passage") return claim.exact.length > 160 ? `“${claim.exact.slice(0, 160)}…”` : `“${claim.exact}”`;
  const part = claim.xywh ? `, ${partOf(claim.xywh, claim.place === "page" ? "page" : "picture")}` : "";
  if (claim.place === "span") return seconds(claim) + part;
  if (claim.place === "page") return `${claim.called ?? `page ${claim.page}`}${claim.exact ? `: “${claim.exact.slice(0, 160)}”, as read by machine` : part}`;
  return claim.place === "region" ? partOf(claim.xywh) : "the whole item";
}

/* Left, top, width and height of a rectangle in per cent of its picture. */
const sides = (xywh) => xywh.replace("percent:", "").split(",").map(Number);

/* Where a rectangle lies in its picture, in words. */
function partOf(xywh, whole = "picture") {
  const [x, y, width, height] = sides(xywh), rounded = (edge) => String(Math.round(Math.min(edge, 100) * 10) / 10);
  const side = (half, near, far) => half <= 40 ? near : half >= 60 ? far : "";
  const named = [side(y + height / 2, "upper", "lower"), side(x + width / 2, "left", "right")].filter(Boolean).join(" ");
  return `${named ? `${named} part` : "middle"} of the ${whole} (${rounded(x)}–${rounded(x + width)}\u00a0% from the left, ${rounded(y)}–${rounded(y + height)}\u00a0% from the top)`;
}

function link(learner, claim) { return `#/${learner.folder}/${claim.evidence}/${claim.number}`; }

/* The number of a claim, and its place as in the product: words or seconds in ochre. */
function place(learner, claim, isNamed = true) {
  const kind = { passage: "q", span: "span" }[claim.place] || "span";
  const look = { passage: "place-quote", span: "place-time" }[claim.place] || "place-where";
  const words = claim.place === "passage" ? spoken(claim).slice(1, -1) : claim.place === "span" ? seconds(claim) : spoken(claim);
  const part = claim.place === "span" && claim.xywh ? [" ", el("span", { class: "place-where" }, partOf(claim.xywh))] : "";
  return el("a", { class: "place", href: link(learner, claim) }, el("span", { class: "place-number" }, String(claim.number)), el("span", { class: isNamed ? "place-where" : "unseen" }, `${claim.evidence} · `), el("span", { class: "place-words" }, el(kind, { class: look }, words), part));
}

/* Records in rows; on a phone each cell says what it is. */
function table(name, heads, rows) {
  const cells = (row) => row.map((cell, at) => at ? el("td", { "data-label": heads[at] }, cell) : el("th", { scope: "row" }, cell));
  return el("table", { class: "table" }, el("caption", { class: "unseen" }, name), el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, cells(row)))));
}
