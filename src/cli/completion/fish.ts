import { type FlagSpec, isLong, longLists, type ProgramSpec, type Value } from './spec.ts';

const HEAD = `# zoom-ws completion for fish: zoom-ws completion fish | source
complete -c zoom-ws -e
complete -c zoom-ws -f
function __zoom_ws_list
  set -l token (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))
  set -l head (string match -r -- '^(?:.*,)?!?' "$token")
  for word in $argv; echo "$head$word"; end
end`;

/** For fish from 3 on. */
export const fishScript = (spec: ProgramSpec): string => {
  const { commands, flags } = spec;
  const names = commands.map(({ name }) => name);
  const none = '__zoom_ws_none';
  return [
    HEAD,
    `function ${none}; not __fish_seen_subcommand_from ${names.join(' ')}; end`,
    ...longLists(spec).map(({ name, words }) => `set -g __zoom_ws_all_${name} ${words.join(' ')}`),
    ...commands.map(({ name, summary }) => `complete -c zoom-ws -n ${none} -a ${name} -d ${quoted(summary)}`),
    `complete -c zoom-ws -n ${none} -a help -d 'help for a command'`,
    ...flags.map((flag) => line(none, flag)),
    ...commands.flatMap(({ name, flags, words }) => {
      const here = `__fish_seen_subcommand_from ${name}`;
      return [
        ...flags.map((flag) => line(here, flag)),
        ...(words.kind === 'none' ? [] : [`complete -c zoom-ws -n ${quoted(here)} ${offer(words)}`]),
      ];
    }),
    '',
  ].join('\n');
};

const line = (condition: string, { long, short, help, value }: FlagSpec): string => {
  const names = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
  const follows = value.kind === 'none' ? '' : ` -r ${offer(value)}`;
  return `complete -c zoom-ws -n ${quoted(condition)} ${names}${follows} -d ${quoted(help)}`;
};

const offer = (value: Value): string => {
  if (value.kind === 'file') return '-F';
  if (value.kind !== 'words') return '-f';
  const words = isLong(value) ? `$__zoom_ws_all_${value.name}` : value.words.join(' ');
  return `-f -a ${quoted(value.isList ? `(__zoom_ws_list ${words})` : words)}`;
};

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
