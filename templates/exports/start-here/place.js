/* Evidence opened at the claimed place: the passage marked, the player at the second, the region drawn. */

/* Elements of a learner's text that keep their look; every other one becomes a plain span, and no attribute is kept. */
const KEPT = new Set("P UL OL LI BLOCKQUOTE EM STRONG CODE PRE TABLE THEAD TBODY TR TH TD HR BR DEL SUB SUP".split(" "));

/* The text with every claimed passage marked, its numbers in the margin, in its paragraphs where their text is the same to the letter. */
function marked(item, claims, chosen) {
  const passages = claims.filter((claim) => claim.place === "passage"), marking = { passages, chosen, at: 0, begun: new Set() };
  const read = new DOMParser().parseFromString(`<!DOCTYPE html><body><div>${item.html}</div>`, "text/html").body.firstChild;
  if (read && read.textContent === item.plain) return el("div", { class: "account" }, [...read.childNodes].map((node) => copied(node, marking)));
  return el("div", { class: "account as-written" }, pieces(item.plain, marking));
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

function piece(text, from, to, { passages, chosen, begun }) {
  const over = passages.filter(({ start, end }) => start <= from && from < end), fresh = over.filter((claim) => !begun.has(claim)).map(({ number }) => number);
  if (!over.length || !text) return text;
  for (const claim of over) begun.add(claim);
  const numbers = ranged(fresh), verdicts = new Set(over.map(({ verdict }) => verdict));
  const known = { "data-n": numbers || undefined, id: fresh.length ? `place-${fresh[0]}` : undefined, "data-verdict": verdicts.size === 1 ? [...verdicts][0] || undefined : undefined };
  return el("mark", { class: over.includes(chosen) ? "passage is-current" : "passage", ...known }, numbers ? el("span", { class: "unseen" }, `[claim ${numbers}] `) : "", text);
}

/* 1, 2, 3 and 7 as 1–3, 7: a margin has little room. */
function ranged(numbers) {
  const runs = [];
  for (const number of numbers) {
    if (runs.length && runs.at(-1)[1] === number - 1) runs.at(-1)[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => first === last ? `${first}` : `${first}–${last}`).join(", ");
}

/* Moves each number in the margin below the one before it. */
function spread(account) {
  let free = -Infinity;
  for (const passage of account.querySelectorAll("mark.passage[id]")) {
    const top = passage.getClientRects()[0]?.top ?? 0, nudge = Math.max(0, free - top);
    passage.style.setProperty("--nudge", `${nudge}px`);
    free = top + nudge + 24;
  }
}

function player(file, claims, chosen) {
  const media = el(file.kind === "video" ? "video" : "audio", { controls: true, preload: "metadata", src: address(file.path), "aria-label": file.name });
  if (chosen && chosen.place === "span") media.addEventListener("loadedmetadata", () => { media.currentTime = chosen.start; }, { once: true });
  if (chosen) media.classList.add("is-current");
  if (file.kind !== "video") return media;
  const marked = claims.filter(({ place, xywh }) => place === "span" && xywh).map((claim) => [claim, region(claim, chosen)]);
  const follow = () => marked.forEach(([claim, drawn]) => { drawn.hidden = media.currentTime < claim.start - 0.05 || media.currentTime > claim.end + 0.3; });
  for (const name of ["loadedmetadata", "timeupdate", "seeked"]) media.addEventListener(name, follow);
  follow();
  return el("div", { class: "picture is-film" }, media, marked.map(([, drawn]) => drawn));
}

/* A claimed rectangle over a picture, with the number of its claim. */
function region(claim, chosen) {
  const [x, y, width, height] = sides(claim.xywh);
  const drawn = el("div", { class: claim === chosen ? "region is-current" : "region", role: "img", "aria-label": `Claim ${claim.number}: ${partOf(claim.xywh, claim.place === "page" ? "page" : "picture")}` }, el("span", {}, String(claim.number)));
  Object.assign(drawn.style, { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` });
  return drawn;
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
  const frame = el("div", { class: "picture" }, el("img", { src: address(file.shown), alt: `Picture in the evidence: ${file.name}` }));
  frame.append(...claims.filter(({ place }) => place === "region").map((claim) => region(claim, chosen)));
  return frame;
}

/* What a page is called at the beginning of a sentence: Page 3, Slide 3. */
function pageName(page) {
  const called = page.called ?? `page ${page.number}`;
  return called.charAt(0).toUpperCase() + called.slice(1);
}

/* The pages of a document in which places are claimed: each with its areas, and its words as a machine read them; of some documents, words alone. */
function pages(file, claims, chosen) {
  return (file.pages ?? []).map((page) => {
    const here = claims.filter((claim) => claim.place === "page" && claim.page === page.number);
    const frame = el("div", { class: "picture is-page" }, el("img", { src: address(page.path), alt: `${pageName(page)} of ${file.name}`, width: page.width, height: page.height, loading: "lazy" }));
    frame.append(...here.filter(({ xywh }) => xywh).map((claim) => region(claim, chosen)));
    const quotes = here.filter(({ exact }) => exact), words = { passages: quotes, chosen, at: 0, begun: new Set() };
    const text = page.text ? el("details", { open: quotes.length > 0 }, el("summary", {}, page.width ? `Words on page ${page.number}, as read by machine` : "Its words, as read by machine"), el("div", { class: "account as-written" }, pieces(page.text, words))) : "";
    const current = here.includes(chosen) ? "figure is-current" : "figure";
    return el("figure", { class: current }, page.width ? frame : "", el("figcaption", {}, `${pageName(page)} of ${file.name}`), text);
  });
}

/* What is said in a recording: as captions of a film, and to be read, each sentence from its second on. */
function said(file, media) {
  const words = file.transcript;
  if (!words) return "";
  const track = media.addTextTrack("captions", words.language, words.language);
  track.mode = "disabled";
  for (const cue of words.cues) {
    const shown = new VTTCue(cue.begins, cue.ends, "");
    shown.text = cue.words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    track.addCue(shown);
  }
  const whose = words.origin === "machine" ? "Written down by a machine; read and confirmed by " : "Captions by ";
  const rows = words.cues.map((cue) => {
    const button = el("button", { type: "button", class: "button button-quiet" }, clock(cue.begins));
    button.addEventListener("click", () => play(media, { start: cue.begins, end: cue.ends }));
    return el("li", {}, button, " ", el("span", { lang: words.language, dir: "auto" }, lined(cue.words)));
  });
  return el("details", {}, el("summary", {}, "What is said"), el("p", {}, whose, words.by, ", ", time(words.at), ". ", el("a", { href: address(words.path) }, "As a file of captions")), el("ol", { class: "pack-list" }, rows));
}

/* One original: shown, played, or named. Only kinds that a browser shows without running anything are opened. */
function original(file, claims, chosen) {
  const own = claims.filter((claim) => !claim.file || claim.file === file.sha256);
  const mine = own.includes(chosen) ? chosen : undefined;
  const about = el("figcaption", {}, `${file.name}, ${bytes(file.size)}${file.duration ? `, ${clock(file.duration)}` : ""} `, el("span", { class: "hash" }, file.path),
    file.shown && file.shown !== file.path ? el("p", { class: "remarks" }, "Shown here is the picture that Markwell made of it, for many browsers do not show this format: ", el("span", { class: "hash" }, file.shown)) : "",
    file.remarks.length ? el("p", { class: "remarks" }, file.remarks.join(" ")) : "");
  if (file.kind === "audio" || file.kind === "video") {
    const playing = player(file, own, mine), media = playing.matches("audio, video") ? playing : playing.querySelector("video");
    return el("figure", { class: "figure" }, playing, about, said(file, media));
  }
  if (file.shown) return el("figure", { class: "figure" }, picture(file, own, mine), about);
  if (file.media_type !== "application/pdf") return el("div", {}, pages(file, own, chosen), el("figure", { class: "figure" }, el("p", {}, "Open this file from the pack’s folder with a program of your choice."), about));
  const page = mine && mine.place === "page" ? `#page=${mine.page}` : "";
  const open = el("a", { class: mine ? "button button-secondary is-current" : "button button-secondary", href: address(file.path) + page, target: "_blank", rel: "noopener" }, page ? `Open the document at page ${mine.page}` : "Open the document");
  return el("div", {}, pages(file, own, chosen), el("figure", { class: "figure" }, el("p", {}, open), about));
}
