import { describe, expect, it } from 'vitest'
import { visibleText } from './visible-text.ts'

describe('visibleText', () => {
  it('writes out what would turn the direction or show nothing', () => {
    expect(visibleText('user\u202Egnp.exe\u0000\u200B')).toBe('user⟨U+202E⟩gnp.exe⟨U+0000⟩⟨U+200B⟩')
  })

  it('leaves words of every script, line breaks and tabs alone', () => {
    const text = 'Zoë 日本 שלום عربي 🚀\tа\nb'
    expect(visibleText(text)).toBe(text)
  })
})
