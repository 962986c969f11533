import * as fastCheck from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { minimumSize, placeWindow, readWindowState, writeWindowState } from './window-state.ts'

const laptop = { x: 0, y: 24, width: 1512, height: 920 }
const monitor = { x: 1512, y: 0, width: 2560, height: 1440 }

describe('placeWindow', () => {
  test('opens the first time centred on the primary screen', () => {
    expect(placeWindow(null, [laptop, monitor])).toEqual({
      x: 36,
      y: 34,
      width: 1440,
      height: 900,
    })
  })

  test('opens where it was, on the second screen too', () => {
    const bounds = { x: 1700, y: 100, width: 1300, height: 800 }
    expect(placeWindow({ bounds, maximized: false }, [laptop, monitor])).toEqual(bounds)
  })

  test('comes home when its screen is gone', () => {
    const bounds = { x: 1700, y: 100, width: 1300, height: 800 }
    expect(placeWindow({ bounds, maximized: false }, [laptop])).toEqual({
      x: 106,
      y: 84,
      width: 1300,
      height: 800,
    })
  })

  test('is no larger than the screen it opens on', () => {
    const bounds = { x: 0, y: 24, width: 4000, height: 3000 }
    expect(placeWindow({ bounds, maximized: true }, [laptop])).toEqual(laptop)
  })

  test('always leaves a title bar to take hold of', () => {
    const coordinate = fastCheck.integer({ min: -10_000, max: 10_000 })
    const size = fastCheck.integer({ min: 1, max: 10_000 })
    const rectangle = fastCheck.record({ x: coordinate, y: coordinate, width: size, height: size })
    const area = fastCheck.record({
      x: coordinate,
      y: coordinate,
      width: fastCheck.integer({ min: 800, max: 8000 }),
      height: fastCheck.integer({ min: 600, max: 5000 }),
    })
    fastCheck.assert(
      fastCheck.property(rectangle, area, fastCheck.array(area), (bounds, primary, others) => {
        const placed = placeWindow({ bounds, maximized: false }, [primary, ...others])
        const reachable = [primary, ...others].some(
          (screen) =>
            Math.min(placed.x + placed.width, screen.x + screen.width) -
              Math.max(placed.x, screen.x) >=
              120 &&
            placed.y >= screen.y &&
            placed.y + 32 <= screen.y + screen.height,
        )
        expect(reachable).toBe(true)
        expect(placed.width).toBeGreaterThanOrEqual(minimumSize.width)
        expect(placed.height).toBeGreaterThanOrEqual(minimumSize.height)
      }),
    )
  })
})

describe('the remembered state', () => {
  let directory = ''
  const file = () => join(directory, 'window.json')
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vigie-window-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  test('comes back as it was written', () => {
    const state = { bounds: { x: -5, y: 7, width: 1200, height: 700 }, maximized: true }
    writeWindowState(file(), state)
    expect(readWindowState(file())).toEqual(state)
  })

  test('is nothing when there is no file', () => {
    expect(readWindowState(file())).toBeNull()
  })

  test.each([
    '',
    '{"bounds":',
    'null',
    '[]',
    '{"maximized":true}',
    '{"maximized":true,"bounds":{"x":0,"y":0,"width":"1","height":5}}',
    '{"maximized":true,"bounds":{"x":0,"y":0,"width":-1,"height":5}}',
    '{"maximized":true,"bounds":{"x":1e999,"y":0,"width":10,"height":5}}',
  ])('is nothing when the file is damaged: %s', (text) => {
    writeFileSync(file(), text)
    expect(readWindowState(file())).toBeNull()
  })

  test('may stand where nothing can be written', () => {
    const nowhere = join(directory, 'missing', 'window.json')
    const state = { bounds: { x: 0, y: 0, width: 1200, height: 700 }, maximized: false }
    expect(() => writeWindowState(nowhere, state)).not.toThrow()
    expect(() => readFileSync(nowhere)).toThrow('ENOENT')
  })
})
