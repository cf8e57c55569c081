import * as v from 'valibot';

/** A contact as Brevo has it. */
export const contact = v.object({
  id: v.number(),
  email: v.nullish(v.string(), ''),
  emailBlacklisted: v.nullish(v.boolean(), false),
  listIds: v.nullish(v.array(v.number()), []),
  attributes: v.nullish(v.record(v.string(), v.unknown()), {}),
});
export type Contact = v.InferOutput<typeof contact>;

export const attributes = v.object({
  attributes: v.array(
    v.object({ name: v.string(), category: v.nullish(v.string(), 'normal'), type: v.nullish(v.string(), 'text') }),
  ),
});
export type Attribute = v.InferOutput<typeof attributes>['attributes'][number];

export const account = v.object({
  email: v.nullish(v.string(), ''),
  companyName: v.nullish(v.string(), ''),
  organization_id: v.nullish(v.string(), ''),
});
