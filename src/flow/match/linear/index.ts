import { RE2JS } from 're2js';
import { reasonOf, ZoomWsError } from '../../../errors.ts';
import { toLinearSyntax } from './to-linear-syntax.ts';

/**
 * A regular expression of JavaScript, with `u`, that is looked for in time proportional to the text, whatever the two are.
 * Takes what `scanPattern` does not refuse. Throws `usage` where it would take too much memory.
 */
export const compileLinear = (source: string): ((text: string) => boolean) => {
  const compiled = compiledOf(source);
  return (text) => compiled.test(text);
};

const compiledOf = (source: string): RE2JS => {
  try {
    return RE2JS.compile(toLinearSyntax(source));
  } catch (error) {
    throw new ZoomWsError('usage', `--where: the regular expression ${source} is too large (${reasonOf(error)}).`, {
      hint: 'Repeat less, or give several --where: all must hold.',
    });
  }
};
