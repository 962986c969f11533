import { expect, test } from 'vitest'
import { nodeProblem } from './node-version.ts'

test.each([
  ['22.14.0', '10'],
  ['24.21.0', '10'],
  ['30.0.0', '12'],
])('Node %s will do', (node, napi) => {
  expect(nodeProblem({ node, napi })).toBeNull()
})

test.each([
  ['18.20.8', '9'],
  ['20.18.0', '9'],
  ['22.13.1', '9'],
  ['12.0.0', undefined],
])('Node %s is told in a sentence that says which will do', (node, napi) => {
  expect(nodeProblem(napi === undefined ? { node } : { node, napi })).toBe(
    `this is Node ${node}, but the web entry needs 22.14 or newer; npm start brings one`,
  )
})

test('the one that runs this will do', () => {
  expect(nodeProblem()).toBeNull()
})
