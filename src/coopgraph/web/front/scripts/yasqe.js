// YASGUI's editor, fetched by the page of the SPARQL editor alone: it completes from this release, keeps nothing, asks nobody.
import Yasqe from '@zazuko/yasqe';
import { plain } from './shared/dom.js';

const OFFERED = 60; // completions shown at once

/** Put the editor into `parent`; `run` is called by Ctrl-Enter, `leave` by Escape; Tab goes on to what is next. `terms` are [IRI, class or property, name]. */
export function edit(parent, { value, terms, prefixes, label, run, leave }) {
  Yasqe.defaults.autocompleters = []; // lists of settings are merged place by place: none of its own may stay behind ours
  offer(terms, prefixes);
  const editor = new Yasqe(parent, {
    value,
    screenReaderLabel: label,
    persistenceId: null, // nothing of one workspace is remembered for another
    createShareableLink: null,
    consumeShareLink: null,
    prefixCcApi: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: 'auto',
    viewportMargin: Infinity,
    autocompleters: ['known-classes', 'known-properties', 'variables'],
    extraKeys: { ...Yasqe.defaults.extraKeys, 'Ctrl-Enter': run, 'Cmd-Enter': run, 'Ctrl-S': false, Tab: false, 'Shift-Tab': false, Esc: leave },
  });
  declare(editor, prefixes);
  let marks = [];
  editor.on('change', () => { marks.forEach((clear) => clear()); marks = []; });
  return {
    text: () => editor.getValue(),
    focus: () => editor.focus(),
    /** Mark what is wrong: {line, character}, both from 1. */
    mark(faults) {
      marks.forEach((clear) => clear());
      marks = faults.filter(({ line }) => line).flatMap(({ line, character }) => {
        const at = editor.addLineClass(line - 1, 'background', 'wrong-line');
        const found = [() => editor.removeLineClass(at, 'background', 'wrong-line')];
        if (character) {
          const token = editor.getTokenAt({ line: line - 1, ch: character });
          const here = editor.getDoc().markText({ line: line - 1, ch: character - 1 }, { line: line - 1, ch: Math.max(character, token.end) }, { className: 'wrong-here' });
          found.push(() => here.clear());
        }
        return found;
      });
      const first = faults.find(({ line }) => line);
      if (first) editor.getDoc().setCursor({ line: first.line - 1, ch: (first.character ?? 1) - 1 });
    },
  };
}

/** Let the editor take our prefixes as declared, as the server does: it reads the text again with them. */
function declare(editor, prefixes) {
  const mode = editor.getMode();
  const begin = mode.startState;
  mode.startState = (...given) => { const state = begin(...given); return { ...state, prefixes: { ...prefixes, ...state.prefixes } }; };
  editor.setValue(editor.getValue());
  editor.getDoc().clearHistory();
}

function offer(terms, prefixes) {
  const spaces = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
  const short = (iri) => { const found = spaces.find(([, space]) => iri.startsWith(space) && /^[\w-]+$/.test(iri.slice(space.length))); return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`; };
  const known = terms.map(([iri, kind, name]) => ({ text: short(iri), kind, name, sought: plain(`${short(iri)} ${name}`) }));
  const names = new Map(known.map(({ text, name }) => [text, name]));
  for (const [name, kind] of [['known-classes', 'class'], ['known-properties', 'property']]) {
    Yasqe.registerAutocompleter({
      name,
      autoShow: true,
      persistenceId: null,
      isValidCompletionPosition: (editor) => fits(editor, kind),
      get: async (_, token) => {
        const asked = plain(token?.string ?? '').replace(/^</, '').trim();
        return asked ? known.filter((term) => term.kind === kind && term.sought.includes(asked)).slice(0, OFFERED).map(({ text }) => text) : [];
      },
      preProcessToken: (_, token) => token,
      postProcessSuggestion: (_editor, _token, text) => text,
      postprocessHints: (_, hints) => hints.map((hint) => ({ ...hint, displayText: names.get(hint.text) ? `${hint.text}  ${names.get(hint.text)}` : hint.text })),
    }, false);
  }
}

/** Whether a class or a property can stand where something is being typed: a class after `a`, a property where `a` could be. */
function fits(editor, kind) {
  const token = editor.getCompleteToken();
  if (!token.string.trim() || /^[?$]/.test(token.string)) return false;
  if (kind === 'property') return token.state.possibleCurrent.includes('a');
  const before = editor.getPreviousNonWsToken(editor.getDoc().getCursor().line, token);
  return ['a', 'rdf:type', 'rdfs:domain', 'rdfs:range'].includes(before.state.lastProperty);
}
