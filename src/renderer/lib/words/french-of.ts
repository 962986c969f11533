type Plural<Key> = Key extends `${infer Stem}_other` ? `${Stem}_many` : never

/**
 * The shape that a French catalogue must have, taken from the English one: the same keys at every
 * level, and `_many` besides `_other`, a plural form that only French has.
 */
export type FrenchOf<English> = {
  [Key in keyof English]: English[Key] extends string ? string : FrenchOf<English[Key]>
} & { [Key in keyof English as Plural<Key>]: string }
