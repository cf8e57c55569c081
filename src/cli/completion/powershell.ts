import { type FlagSpec, isLong, longLists, type ProgramSpec, type Value } from './spec.ts';

/** For PowerShell 5 and later, in `$PROFILE`: `zoom-ws completion powershell | Out-String | Invoke-Expression`. */
export const powershellScript = (spec: ProgramSpec): string => {
  const { commands, flags } = spec;
  return `# zoom-ws completion for PowerShell: zoom-ws completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName zoom-ws -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
${longLists(spec)
  .map(({ name, words }) => `  $all_${name} = @(${words.map(quoted).join(', ')})`)
  .join('\n')}
  $commands = [ordered]@{
${commands.map(({ name, summary, flags, words }) => `    ${quoted(name)} = @{ Summary = ${quoted(summary)}; Words = @(${wordsOf(words)}); Flags = @(${flags.map(flagOf).join(', ')}) }`).join('\n')}
  }
  $general = @(${flags.map(flagOf).join(', ')})
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text })
  $command = $before | Where-Object { $commands.Contains($_) } | Select-Object -First 1
  $known = if ($command) { $commands[$command].Flags } else { $general }
  $last = $before | Select-Object -Last 1
  $flag = $known | Where-Object { $_.Takes -and $_.Names -contains $last } | Select-Object -First 1
  if ($flag) {
    $head = if ($flag.List -and $wordToComplete.Contains(',')) { $wordToComplete.Substring(0, $wordToComplete.LastIndexOf(',') + 1) } else { '' }
    $offered = $flag.Values | ForEach-Object { @{ Text = $head + $_; Tip = $_ } }
  } elseif ($wordToComplete.StartsWith('-')) {
    $offered = $known | ForEach-Object { $tip = $_.Help; $_.Names | ForEach-Object { @{ Text = $_; Tip = $tip } } }
  } elseif ($command) {
    $offered = $commands[$command].Words | ForEach-Object { @{ Text = $_; Tip = $_ } }
  } else {
    $offered = $commands.Keys | ForEach-Object { @{ Text = $_; Tip = $commands[$_].Summary } }
  }
  $offered | Where-Object { $_.Text.StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_.Text, $_.Text, 'ParameterValue', $_.Tip)
  }
}
`;
};

const flagOf = ({ long, short, help, value }: FlagSpec): string => {
  const names = (short === undefined ? [long] : [short, long]).map(quoted).join(', ');
  const isList = value.kind === 'words' && value.isList;
  return `@{ Names = @(${names}); Help = ${quoted(help)}; Takes = ${truth(value.kind !== 'none')}; List = ${truth(isList)}; Values = @(${wordsOf(value)}) }`;
};

const wordsOf = (value: Value): string => {
  if (value.kind !== 'words') return '';
  return isLong(value) ? `$all_${value.name}` : value.words.map(quoted).join(', ');
};

const truth = (is: boolean): string => (is ? '$true' : '$false');

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
