import {
  hasValues,
  isValues,
  numberFields,
  wordFields,
  type Condition,
  type NumberField,
  type WordField,
} from './condition.ts'
import { jobStates } from '../job-state.ts'

/** A field as it is typed before a colon. */
export type FilterField = Exclude<Condition['field'], 'text'>

/** All fields, those that are typed most first. */
export const filterFields = [
  'state',
  'queue',
  'name',
  'since',
  'until',
  'user',
  'error',
  'group',
  'id',
  'brand',
  'provider',
  'model',
  'variant',
  'duration',
  'wait',
  'attempts',
  'cost',
  'memory',
  'tokens',
  'priority',
  'is',
  'has',
  'with',
  'scheduler',
  'parent',
] as const satisfies readonly FilterField[]

/** Fields that hold one of a few values, and those values. */
export const fixedValues = {
  state: [...jobStates, 'unknown'],
  is: isValues,
  has: hasValues,
  with: ['gone'],
} as const satisfies Partial<Record<FilterField, readonly string[]>>
export type FixedField = keyof typeof fixedValues

export function isFilterField(field: string): field is FilterField {
  return filterFields.some((known) => known === field)
}

export function isFixedField(field: string): field is FixedField {
  return Object.hasOwn(fixedValues, field)
}

export function isWordField(field: string): field is WordField {
  return wordFields.some((known) => known === field)
}

export function isNumberField(field: string): field is NumberField {
  return numberFields.some((known) => known === field)
}

/** Whether its number is a time in milliseconds, typed as `1m30s`. */
export function isDurationField(field: NumberField): boolean {
  return field === 'duration' || field === 'wait'
}
