import { expect, test } from 'vitest'
import { environmentOf, placeIn } from './places.ts'

test('an address within an environment is told from one of all', () => {
  expect(environmentOf('/e/eu-west/jobs?queue=mail')).toBe('eu-west')
  expect(environmentOf('/e/a%20b/queues')).toBe('a b')
  expect(environmentOf('/environments?environment=eu-west')).toBeUndefined()
  expect(environmentOf('/')).toBeUndefined()
})

test('an environment one has not been in opens on its queues', () => {
  expect(placeIn('a b')).toBe('/e/a%20b/queues')
})
