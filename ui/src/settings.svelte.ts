// What a reader of the page sets for good: language and theme. The choice stays in the browser.
export type Language = 'ar' | 'en'
export type Theme = 'light' | 'dark'

function kept<T extends string>(key: string, choices: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(`maydani.${key}`)
    return choices.find((choice) => choice === value)
  } catch {
    return undefined // a browser that keeps nothing
  }
}

function keep(key: string, value: string) {
  try {
    localStorage.setItem(`maydani.${key}`, value)
  } catch {
    // it holds until the page is closed
  }
}

const asked = new URLSearchParams(location.search).get('lang')

class Settings {
  language: Language = $state(asked === 'en' || asked === 'ar' ? asked : (kept('language', ['ar', 'en'] as const) ?? 'ar'))
  theme: Theme = $state(
    kept('theme', ['light', 'dark'] as const) ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  )

  speak(language: Language) {
    this.language = language
    keep('language', language)
    this.show()
  }

  paint(theme: Theme) {
    this.theme = theme
    keep('theme', theme)
    this.show()
  }

  /** Tells the document, so that style sheets and screen readers know. */
  show() {
    const root = document.documentElement
    root.lang = this.language
    root.dir = this.language === 'ar' ? 'rtl' : 'ltr'
    root.dataset.theme = this.theme
  }
}

export const settings = new Settings()
