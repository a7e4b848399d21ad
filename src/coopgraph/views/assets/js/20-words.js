// The interface and the names in the reader's language; numbers, dates and countries as that language writes them.
function t(key, values = {}) {
  const text = data.strings[state.lang][key] ?? data.strings.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
function known(key) { return key in data.strings.en; }
function languageOf(texts) { return [state.lang, "", "en", "es", "pt", ...Object.keys(texts)].find((lang) => texts[lang]) ?? ""; }
function inLanguage(texts) { return texts[languageOf(texts)] ?? ""; }
// a text that is not in the page's language says so, or it would be read aloud as if it were
function otherLanguage(texts) { const lang = languageOf(texts); return lang && lang !== state.lang ? lang : undefined; }
function worded(tag, texts, attributes = {}) { return make(tag, { ...attributes, lang: otherLanguage(texts) }, inLanguage(texts)); }
function setWords(element, texts, text = inLanguage(texts)) {
  element.textContent = text;
  element.lang = otherLanguage(texts) ?? "";
  if (!element.lang) element.removeAttribute("lang");
}
function name(node) { return inLanguage(node.texts); }
function number(value, digits = 3) {
  if (value === null || value === undefined) return "–";
  if (value !== 0 && Math.abs(value) < 0.01) return new Intl.NumberFormat(state.lang, { maximumSignificantDigits: 2 }).format(value);
  return new Intl.NumberFormat(state.lang, { maximumFractionDigits: digits }).format(value);
}
// shares have three decimals, so that a column of them can be compared at a glance
const SHARES = new Set(["peer_exchange", "peer_exchange_1", "reciprocity", "peer_exchange_range"]);
function measure(value, column) {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return [...new Set(value.map((end) => measure(end, column)))].join("–"); // a range; one where both ends are the same
  if (column === "top_share") return new Intl.NumberFormat(state.lang, { style: "percent" }).format(value);
  const digits = SHARES.has(column) ? { minimumFractionDigits: 3, maximumFractionDigits: 3 } : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat(state.lang, digits).format(value);
}
function country(code) {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  try {
    return new Intl.DisplayNames([state.lang], { type: "region" }).of(code);
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}
function kindName(kind) { return known(kind) ? t(kind) : kind; }
function kindShown(kind) { return kind === "node" ? "" : kindName(kind); } // "node" says nothing
function columnName(column) { return known(column) ? t(column) : column; }
function layerName(layer) { return capital(inLanguage(layer.texts)) || t("link"); }
function capital(text) { return text.charAt(0).toLocaleUpperCase(state.lang) + text.slice(1); }
function groupHead(plural) {
  const words = { community: ["community", "communities"], country: ["country", "countries"], kind: ["kind", "kinds"] }[data.colour_by];
  return words ? t(words[plural ? 1 : 0]) : data.colour_by;
}
function groupName(group) {
  if (group < 0) return "";
  if (data.colour_by === "country") return country(data.groups[group][0]);
  if (data.colour_by === "kind") return kindName(data.groups[group][0]);
  if (data.colour_by !== "community") return data.groups[group][0];
  return data.groups[group].map((id) => name(nodes[id])).join(", ");
}
function note(entry) {
  const values = Object.fromEntries(Object.entries(entry.values).map(([key, value]) =>
    [key, typeof value === "number" ? number(value) : typeof value === "string" ? columnName(value) : inLanguage(value)]));
  return t(entry.key, values);
}
function counted(count, what) {
  const key = `${what}_${count === 1 ? "1" : "n"}`;
  return `${number(count)} ${known(key) ? t(key) : what}`;
}
function countsLine() {
  const shown = nodes.filter(nodeShown);
  const parts = kinds.map((kind) => [kind, shown.filter((node) => node.kind === kind).length]).filter(([, count]) => count)
    .map(([kind, count]) => (data.whole[kind] ? `${number(count)} ${t("of")} ${counted(data.whole[kind], kind)}` : counted(count, kind)));
  if (data.left_out) parts[0] = `${number(nodes.length)} ${t("of")} ${number(nodes.length + data.left_out)} ${t("node_n")}`;
  parts.push(counted(links.filter(drawable).length, "links"));
  if (data.now) parts.push(`${t("as_of")} ${data.now}`);
  return parts.join("  ·  ");
}
function translatePage() {
  document.documentElement.lang = state.lang;
  const title = inLanguage(data.title);
  // a title without a language is in the one the page was written in
  const { "": untold, ...told } = data.title;
  const titles = untold ? { [data.lang]: untold, ...told } : told;
  setWords(document.querySelector("head title"), titles, title);
  setWords($("title"), titles, title);
  $("title").title = title;
  $("counts").textContent = countsLine();
  for (const [attribute, target] of [["data-i18n", null], ["data-i18n-label", "aria-label"], ["data-i18n-title", "title"], ["data-i18n-placeholder", "placeholder"]]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      const text = t(element.getAttribute(attribute));
      if (target) element.setAttribute(target, text); else element.textContent = text;
    }
  }
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  $("caveat").textContent = data.notes.length ? note(data.notes[0]) : "";
  $("rests").replaceChildren(...data.notes.map((entry) => make("li", {}, note(entry))));
}
function say(text) { $("said").textContent = text; }
