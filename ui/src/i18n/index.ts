// Words of the interface. A text is a string, or one string for each plural form that the language has (Arabic: six).
import { settings } from '../settings.svelte'
import arabic from './ar.json'
import english from './en.json'

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>
type Values = Record<string, string | number>

const texts: Record<string, Record<string, string | Forms>> = { ar: arabic, en: english }
const rules = { ar: new Intl.PluralRules('ar'), en: new Intl.PluralRules('en') }

/** The text of a key; `{name}` stands for a value, `count` chooses the plural form. */
export function t(key: string, values: Values = {}): string {
  const text = texts[settings.language]?.[key]
  if (text === undefined) return key
  const form = typeof text === 'string' ? text : (text[rules[settings.language].select(Number(values.count))] ?? text.other ?? key)
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value
  })
}

/** The text of a key, or `fallback` where the language file has none (a type that the server knows and we do not). */
export function tOr(key: string, fallback: string): string {
  return texts[settings.language]?.[key] === undefined ? fallback : t(key)
}

/** Of a name in two languages the one to show. */
export function named(value: { name?: string | null; name_ar?: string | null } | null | undefined): string {
  if (!value) return ''
  return (settings.language === 'ar' ? value.name_ar || value.name : value.name || value.name_ar) ?? ''
}

// Latin digits in both languages, as the tables of the field have them, so that figures can be compared at a glance.
const locale = () => (settings.language === 'ar' ? 'ar-u-nu-latn' : 'en')
const numbers = { ar: new Intl.NumberFormat('ar-u-nu-latn'), en: new Intl.NumberFormat('en') }

export const number = (value: number) => numbers[settings.language].format(value)
export const percent = (share: number) => new Intl.NumberFormat(locale(), { style: 'percent' }).format(share)
export const list = (items: string[]) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items)

export function region(code: string | null | undefined): string {
  if (!code) return ''
  try {
    return new Intl.DisplayNames(locale(), { type: 'region' }).of(code) ?? code
  } catch {
    return code // not the form of a country's code
  }
}

/** A day (2018-10-29, or the start of a time) as people write it. */
export function day(value: string | null | undefined, style: 'long' | 'short' = 'long'): string {
  if (!value) return ''
  const date = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return value
  return new Intl.DateTimeFormat(locale(), {
    timeZone: 'UTC', calendar: 'gregory', day: 'numeric', month: style === 'long' ? 'long' : 'short', year: 'numeric',
  }).format(date)
}

/** One day, or from one to another. */
export function days(first: string | null | undefined, last: string | null | undefined): string {
  if (!first && !last) return t('day.unknown')
  if (!last || first === last) return day(first)
  if (!first) return day(last)
  return t('day.span', { first: day(first), last: day(last) })
}

/** When something was done: day and time. */
export function moment(value: string | null | undefined): string {
  if (!value) return ''
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return value
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}
