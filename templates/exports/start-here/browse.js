/* The pages inside the page: learners, one learner, one item of evidence, what a search finds, and the check of the pack. */
const MAIN = document.getElementById("main");

function standing(unit) {
  const count = (word) => unit.points.filter((point) => point.verdict === word).length;
  const parts = [["met", "met"], ["partly met", "partly met"], ["not met", "not met"], ["", "open"]];
  return parts.filter(([word]) => count(word)).map(([word, name]) => `${count(word)} ${name}`).join(" · ");
}

function scrolling(label, table) { return el("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, table); }
function heads(...names) { return el("thead", {}, el("tr", {}, names.map((name) => el("th", { scope: "col" }, name)))); }

function learnersPage() {
  const rows = RECORD.learners.map((learner) => el("tr", {},
    el("th", { scope: "row" }, el("a", { href: `#/${learner.folder}` }, learner.name), el("br"), el("span", { class: "quiet" }, learner.number)),
    el("td", {}, el("ul", { class: "plain" }, learner.units.map((unit) => el("li", {}, `${unit.code} ${unit.title}: ${unit.state} `, el("span", { class: "quiet" }, standing(unit)))))),
    el("td", {}, learner.report ? el("a", { href: address(learner.report), target: "_blank", rel: "noopener" }, `Report (PDF)`, el("span", { class: "quiet" }, ` of ${learner.name}`)) : "No report"),
    el("td", {}, learner.absent ? `${learner.absent} missing` : "Nothing missing")));
  const count = RECORD.learners.length;
  return ["Learners", [
    el("p", { class: "lead" }, `The work of ${count === 1 ? "one learner" : `${count} learners`}, with the place in the evidence for every marking point, who judged it, and what they said.`),
    scrolling("Learners", el("table", {}, heads("Learner", "Units", "Report", "Missing"), el("tbody", {}, rows)))]];
}

function matrix(learner, unit) {
  const claims = learner.claims.filter((claim) => claim.unit === unit.code);
  const used = learner.evidence.filter((item) => claims.some((claim) => claim.evidence === item.ref));
  const rows = unit.points.map((point) => el("tr", {},
    el("th", { scope: "row" }, el("a", { href: `#/${learner.folder}/${unit.code}/point/${point.ref}` }, `Point ${point.ref}`), ` ${point.text}`),
    used.map((item) => el("td", {}, claims.filter((claim) => claim.point === point.ref && claim.evidence === item.ref).map((claim) => el("a", { href: link(learner, claim), "aria-label": `Claim ${claim.number}, in ${item.ref}: ${spoken(claim)}` }, String(claim.number))))),
    el("td", {}, verdict(point.verdict))));
  const columns = used.map((item) => el("th", { scope: "col" }, el("a", { href: `#/${learner.folder}/${item.ref}`, "aria-label": `${item.ref}, ${item.title}` }, item.ref)));
  const head = el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Marking point"), columns, el("th", { scope: "col" }, "Verdict")));
  return scrolling(`Points and evidence of ${unit.code}`, el("table", { class: "matrix" }, head, el("tbody", {}, rows)));
}

function judged(judgement) {
  return el("p", { class: judgement.current ? undefined : "past" }, verdict(judgement.verdict),
    judgement.missing.length ? ` Missing: ${judgement.missing.join("; ")}.` : "", judgement.feedback ? [" ", lined(judgement.feedback)] : "", judgement.reason ? [" ", lined(judgement.reason)] : "", el("br"),
    el("span", { class: "quiet" }, `${judgement.assessor}, round ${judgement.round}, `, time(judgement.at), judgement.current ? "" : ", superseded"));
}

function pointOf(learner, unit, point) {
  const own = ({ unit: code, point: ref }) => code === unit.code && ref === point.ref;
  const reason = Object.fromEntries(unit.gaps)[point.ref];
  const places = learner.claims.filter(own).map((claim) => el("li", {}, el("a", { href: link(learner, claim) }, `${claim.number}. ${claim.evidence}, ${spoken(claim)}`), claim.reason ? el("span", { class: "quiet" }, " ", lined(claim.reason)) : ""));
  const answers = learner.judgements.filter(own).reverse().map(judged);
  return el("section", { class: "point", id: `${unit.code}-${point.ref}`, tabindex: "-1" },
    el("h3", {}, `${unit.code}, point ${point.ref} `, verdict(point.verdict)), el("p", {}, point.text),
    places.length ? el("ul", { class: "places" }, places) : el("p", { class: "quiet" }, reason ? ["No claim. The learner’s reason: ", lined(reason)] : "No claim and no reason."),
    answers.length ? el("div", { class: "answers" }, answers) : "");
}

function roundOf(round) {
  return el("li", {}, `Round ${round.number}: handed in `, time(round.handed_in_at), round.declared_by ? `, declared by ${round.declared_by}` : ", not declared", ". ",
    round.decision ? [`${round.decision} by ${round.decided_by}, `, time(round.decided_at), round.feedback ? [". ", lined(round.feedback)] : "."] : "No decision yet.");
}

function learnerPage(learner) {
  const units = learner.units.map((unit) => el("section", {}, el("h2", {}, `${unit.code} ${unit.title}`),
    el("p", {}, `${unit.level ? `Level ${unit.level}, edition` : "Edition"} ${unit.edition}: ${unit.state}. ${standing(unit)}. Assessor ${unit.assessor || "not named"}, internal quality assurer ${unit.iqa || "not named"}.`),
    el("ul", { class: "plain" }, unit.rounds.map(roundOf)), matrix(learner, unit), unit.points.map((point) => pointOf(learner, unit, point))));
  const items = learner.evidence.map((item) => el("tr", {}, el("th", { scope: "row" }, el("a", { href: `#/${learner.folder}/${item.ref}` }, `${item.ref} ${item.title}`)),
    el("td", {}, item.kind), el("td", {}, day(item.happened_on)), el("td", {}, item.confirmer || "nobody named")));
  return [learner.name, [
    el("p", { class: "lead" }, `${[learner.number, learner.qualification].filter(Boolean).join(" · ")} `, learner.report ? el("a", { href: address(learner.report), target: "_blank", rel: "noopener" }, "Evidence report (PDF)") : "No report in this pack."),
    units, el("section", {}, el("h2", {}, "Evidence"), scrolling("Evidence", el("table", {}, heads("Item", "Kind", "Date of the event", "Who can confirm it"), el("tbody", {}, items)))),
    el("section", {}, el("h2", {}, "What is missing"), learner.absent.length ? el("ul", {}, learner.absent.map(({ where, what, rule }) => el("li", {}, `${where}: ${what.replace(/\.$/, "")}. `, el("span", { class: "quiet" }, rule)))) : el("p", {}, "Nothing."))]];
}

function claimOf(learner, claim, chosen, media) {
  const point = learner.units.find(({ code }) => code === claim.unit)?.points.find(({ ref }) => ref === claim.point);
  const box = el("div", { class: "claim", "aria-current": claim === chosen ? "true" : undefined },
    el("p", {}, el("a", { href: link(learner, claim) }, `${claim.number}. ${claim.unit}, point ${claim.point}`), " ", verdict(point ? point.verdict : "")),
    el("p", {}, spoken(claim)), claim.reason ? el("p", { class: "quiet" }, lined(claim.reason)) : "");
  const source = media.get(claim.file) || [...media.values()][0];
  if (claim.place === "span" && source) {
    const button = el("button", { type: "button", class: "soft" }, `Play ${clock(claim.start)} to ${clock(claim.end)}`);
    button.addEventListener("click", () => play(source, claim));
    box.append(button);
  }
  return box;
}

function evidencePage(learner, item, number) {
  const claims = learner.claims.filter((claim) => claim.evidence === item.ref), chosen = claims.find((claim) => claim.number === number);
  const figures = item.files.map((file) => original(file, claims, chosen));
  const media = new Map(item.files.map((file, at) => [file.sha256, figures[at].querySelector("audio, video")]).filter(([, found]) => found));
  const witness = item.testimony ? [["Witness", enumerated(item.testimony.witness, item.testimony.job, item.testimony.employer)], ["Relationship", item.testimony.relationship || "not given"], ["Contact", item.testimony.contact || "not given"], ["Signed", item.testimony.signed_at ? time(item.testimony.signed_at) : "not signed"]] : [];
  const facts = [["Kind", `${item.kind}, version ${item.version}`], ["Date of the event", day(item.happened_on)], ["Received", time(item.received_at)], ["Where", item.context || "not given"], ["Can confirm it", item.confirmer || "nobody named"], ...witness, ["SHA-256", el("span", { class: "code" }, item.sha256)]];
  return [`${item.ref} ${item.title}`, [
    el("p", {}, el("a", { href: `#/${learner.folder}` }, `Back to ${learner.name}`)),
    el("div", { class: "item" },
      el("div", {}, figures, item.plain ? marked(item, claims, chosen) : ""),
      el("aside", { "aria-label": "Claims and facts", tabindex: "0" }, el("h2", {}, "Offered for"), claims.length ? claims.map((claim) => claimOf(learner, claim, chosen, media)) : el("p", {}, "No marking point."),
        el("h2", {}, "About it"), el("dl", {}, facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))))]];
}

function searchPage(words) {
  const wanted = alike(words).split(" ").filter(Boolean), holds = (...texts) => wanted.every((word) => alike(texts.join(" ")).includes(word));
  const found = RECORD.learners.map(({ folder }) => whole(folder)).flatMap((learner) => [
    ...(holds(learner.name, learner.number) ? [[`#/${learner.folder}`, learner.name, "Learner"]] : []),
    ...learner.units.flatMap((unit) => unit.points.filter((point) => holds(unit.code, unit.title, point.text)).map((point) => [`#/${learner.folder}/${unit.code}/point/${point.ref}`, `${unit.code}, point ${point.ref}: ${point.text}`, learner.name])),
    ...learner.evidence.filter((item) => holds(item.ref, item.title, item.plain, item.context)).map((item) => [`#/${learner.folder}/${item.ref}`, `${item.ref} ${item.title}`, learner.name]),
    ...learner.claims.filter((claim) => holds(claim.reason, claim.exact)).map((claim) => [link(learner, claim), `Claim ${claim.number}: ${spoken(claim)}`, learner.name])]);
  const shown = found.slice(0, 200);
  return ["Search", [el("p", { class: "lead", role: "status" }, `${found.length} found for “${words}”${found.length > shown.length ? "; the first 200 are shown" : ""}.`),
    el("ul", { class: "plain" }, shown.map(([to, name, whose]) => el("li", {}, el("a", { href: to }, name), el("span", { class: "quiet" }, ` ${whose}`))))]];
}

function checkPage() {
  const input = el("input", { type: "file", id: "pack", accept: ".zip" }), result = el("div", { class: "result", role: "status" });
  const drop = el("div", { class: "drop" }, el("label", { for: "pack" }, "Drop the pack (the ZIP as you received it) here, or choose it"), input);
  const start = (file) => { if (file) checked(file, result); };
  input.addEventListener("change", () => start(input.files[0]));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); start(event.dataTransfer.files[0]); });
  return ["Check this pack", [el("p", { class: "lead" }, "Every byte of the ZIP is read and compared with the pack’s own list of hashes, and the event log is followed from its first line to its last. Nothing leaves this computer."), drop, result,
    el("p", { class: "quiet" }, "A page inside a pack can’t vouch for itself against somebody who rewrote the whole pack. For that, the centre’s signature is checked by ", el("span", { class: "code" }, "python verify.py PACK.zip"), " from a copy of that program you trust.")]];
}

async function checked(file, result) {
  const bar = el("progress", { max: "1", value: "0", "aria-label": "Read so far" });
  result.className = "result";
  result.replaceChildren(el("p", {}, `Reading ${file.name} …`), bar);
  const { files, events, faults } = await checkPack(file, (done, all) => { bar.value = done / all; });
  result.classList.add(faults.length ? "fails" : "holds");
  const words = faults.length
    ? [el("h2", {}, "✗ It does not hold"), el("ul", {}, faults.slice(0, 100).map(([where, what]) => el("li", {}, el("span", { class: "code" }, where), ` ${what}`)))]
    : [el("h2", {}, "✓ It holds"), el("p", {}, `${files} files and ${events} events are exactly as the pack says (${bytes(file.size)}). The signature was not checked.`)];
  result.replaceChildren(...words);
}

/* What the address after # names: a title and the content under it. */
function pageAt(path) {
  const [first, second, third, fourth] = path.split("/").map(decodeURIComponent);
  if (first === "check") return checkPage();
  if (first === "search") return searchPage(second || "");
  const learner = whole(first);
  if (!learner) return learnersPage();
  const item = third === "point" ? undefined : learner.evidence.find(({ ref }) => ref === second);
  return item ? evidencePage(learner, item, Number(third)) : [...learnerPage(learner), third === "point" ? `${second}-${fourth}` : undefined];
}

function show(turned) {
  const path = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
  const [title, content, target] = pageAt(path), heading = el("h1", { tabindex: "-1" }, title);
  document.title = `${title}: audit pack of ${RECORD.centre.name}`;
  MAIN.replaceChildren(heading, ...content.flat(Infinity));
  for (const to of document.querySelectorAll(".head nav a")) {
    const here = path === "check" ? "#/check" : path.startsWith("search") ? "" : "#/";
    if (to.getAttribute("href") === here) to.setAttribute("aria-current", "page"); else to.removeAttribute("aria-current");
  }
  const place = document.getElementById(target || "chosen");
  if (place) place.scrollIntoView({ block: target ? "start" : "center" }); else window.scrollTo(0, 0);
  if (turned) (target && place ? place : heading).focus({ preventScroll: true });
}

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = `#/search/${encodeURIComponent(document.getElementById("words").value.trim())}`;
});
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); MAIN.focus(); });
document.getElementById("as-at").textContent = TIME.format(new Date(RECORD.as_at));
window.addEventListener("hashchange", () => show(true));
show(false);
