import { type FlagSpec, isLong, longLists, type ProgramSpec, type Value, type Words } from './spec.ts';

const HEAD = `# zoom-ws completion for bash: source <(zoom-ws completion bash)
_zoom_ws_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -P "$2" -W "$1" -- "\${cur#"$2"}"))
}
_zoom_ws_list() {
  local head=''
  case $cur in *,*) head=\${cur%,*}, ;; esac
  case \${cur#"$head"} in !*) head="$head!" ;; esac
  _zoom_ws_words "$1" "$head"
}
_zoom_ws_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$cur"))
  compopt -o filenames 2>/dev/null
}
`;

/** For bash from 3.2 on, which is what macOS has; needs nothing of the package bash-completion. */
export const bashScript = (spec: ProgramSpec): string => {
  const { commands, flags } = spec;
  const names = commands.map(({ name }) => name);
  const first: Words = { kind: 'words', name: 'command', words: [...names, 'help'], isList: false };
  return `${HEAD}${[...longLists(spec), first]
    .map(({ name, words }) => `_zoom_ws_all_${name}='${words.join(' ')}'\n`)
    .join('')}_zoom_ws() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' i
  if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      help) ;;
      ${names.join('|')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command in
${commands.map(({ name, flags, words }) => branch(name, flags, words)).join('')}${branch("''", flags, first)}  esac
}
complete -F _zoom_ws zoom-ws
`;
};

const branch = (name: string, flags: readonly FlagSpec[], words: Value): string => `    ${name})
      case $prev in
${flags.map(valueLine).join('')}      esac
      if [[ $cur == -* ]]; then _zoom_ws_words '${flags.flatMap(spellings).join(' ')}'; else ${offer(words)}; fi ;;
`;

const valueLine = (flag: FlagSpec): string =>
  flag.value.kind === 'none' ? '' : `        ${spellings(flag).join('|')}) ${offer(flag.value)}; return ;;\n`;

const spellings = ({ short, long }: FlagSpec): readonly string[] => (short === undefined ? [long] : [short, long]);

const offer = (value: Value): string => {
  if (value.kind === 'file') return '_zoom_ws_files';
  if (value.kind !== 'words') return ':';
  const words =
    isLong(value) || value.name === 'command' ? `"$_zoom_ws_all_${value.name}"` : `'${value.words.join(' ')}'`;
  return `_zoom_ws_${value.isList ? 'list' : 'words'} ${words}`;
};
