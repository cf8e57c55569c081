import { type FlagSpec, isLong, longLists, type ProgramSpec, type Value, type Words } from './spec.ts';

/** For zsh with compinit: sourced, or as a file `_zoom-ws` on the fpath. */
export const zshScript = (spec: ProgramSpec): string => {
  const { commands, flags } = spec;
  return `#compdef zoom-ws
# zoom-ws completion for zsh: source <(zoom-ws completion zsh), after compinit
${wordLists(spec)}
${commands.map(({ name, flags, words }) => commandFunction(name, flags, words)).join('\n')}
_zoom_ws() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C -S : ${flags.map(argument).join(' ')} '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands=(${commands.map(({ name, summary }) => quoted(`${name}:${summary}`)).join(' ')} help)
      _describe command commands ;;
    argument)
      case $line[1] in
${commands.map(({ name }) => `        ${name}) _zoom_ws_${name} ;;`).join('\n')}
        help) local -a names=(${commands.map(({ name }) => name).join(' ')}); compadd -a names ;;
      esac ;;
  esac
}
if [[ $funcstack[1] == _zoom_ws || $funcstack[1] == _zoom-ws ]]; then _zoom_ws "$@"; else compdef _zoom_ws zoom-ws; fi
`;
};

const commandFunction = (name: string, flags: readonly FlagSpec[], words: Value): string =>
  `_zoom_ws_${name}() {
  _arguments -S : ${[...flags.map(argument), ...(words.kind === 'none' ? [] : [`'*:${action(words)}'`])].join(' \\\n    ')}
}`;

/** `'(-o --output)'{-o,--output=}'[how events are written]:output:(pretty ndjson raw)'` */
const argument = ({ long, short, help, value, isRepeatable }: FlagSpec): string => {
  const [afterLong, afterShort] = value.kind === 'none' ? ['', ''] : ['=', '+'];
  const names = short === undefined ? `${long}${afterLong}` : `{${short}${afterShort},${long}${afterLong}}`;
  const others = isRepeatable ? `'*'` : short === undefined ? '' : `'(${short} ${long})'`;
  const follows = value.kind === 'none' ? '' : `:${action(value)}`;
  return `${others}${names}${quoted(`[${help.replace(/[[\]]/g, '\\$&')}]${follows}`, false)}`;
};

/** What is asked for, and how it is completed. */
const action = (value: Value): string => {
  if (value.kind === 'file') return 'file:_files';
  if (value.kind !== 'words') return 'value: ';
  return `${value.name}:${functionOf(value)}`;
};

const functionOf = (value: Words): string => {
  const { name, isList, words } = value;
  if (isLong(value)) return `_zoom_ws_${isList ? 'list' : 'word'}_${name}`;
  return isList ? `_sequence compadd - ${words.join(' ')}` : `(${words.join(' ')})`;
};

/** A list is offered one by one, with commas between them. */
const wordLists = (spec: ProgramSpec): string =>
  longLists(spec)
    .map(
      ({ name, words }) => `_zoom_ws_all_${name}=(${words.join(' ')})
_zoom_ws_word_${name}() { compadd -a _zoom_ws_all_${name} }
_zoom_ws_list_${name}() { _sequence compadd - $_zoom_ws_all_${name} }`,
    )
    .join('\n');

/** In single quotes; the colon separates in a list of `_describe`. */
const quoted = (text: string, isDescribed = true): string => {
  const [name = '', ...rest] = text.split(':');
  const shown = isDescribed ? `${name}:${rest.join('\\:')}` : text;
  return `'${shown.replaceAll("'", "'\\''")}'`;
};
