/** How much a value looks like the word that stands for it in a template, rather than a real one. */
export const placeholderLikeness = (text: string): 'certain' | 'doubtful' | 'none' => {
  const bare = text.trim().replace(/^["'`\u2018-\u201F]+|["'`\u2018-\u201F]+$/g, '');
  if (PLACEHOLDERS.some((pattern) => pattern.test(bare))) return 'certain';
  return DOUBTFUL.some((pattern) => pattern.test(bare)) ? 'doubtful' : 'none';
};

/** The words of which a template makes the name of a value. */
const NAMED =
  'zoom|account|client|subscription|webhook|endpoint|api|app|oauth|server|s2s|own|real|actual|access|id|secret|token|key|url|value|number|goes|here';

/** What stands for a value in templates, and is never one; the whole value must look like it. */
const PLACEHOLDERS: readonly RegExp[] = [
  /^<.*>$/,
  /^\[.*\]$/,
  /^\{.*\}$/,
  /^\$\{?\w+\}?$/,
  /^%\w+%$/,
  /^(x{3,}|[*.]{2,}|…)$/i,
  /^x{2,}([-_]x{2,})+$/i,
  new RegExp(`^your(([-_. ]*)(${NAMED}))+$`, 'i'),
  /^(insert|enter|paste|put|add)([-_. ][a-z]+)*[-_. ]here$/i,
  /^(change|replace)[-_ ]?(me|this|it)[.!]*$/i,
  /^(todo|tbd|fixme|placeholder)$/i,
];

/** What may be meant, but hardly is. */
const DOUBTFUL: readonly RegExp[] = [
  /^(null|nil|none|undefined|n\/a)$/i,
  /^(zoom[-_ ])?(account|client|subscription)[-_ ]?(id|secret)$/i,
  /^(example|sample|dummy)[-_]/i,
];
