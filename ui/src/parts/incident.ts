// How an incident is put in words.
import { named, number, region, t } from '../i18n'

/** A count with its bounds: 3, 3–4, at least 3. */
export function bounds(low: number | null | undefined, high: number | null | undefined): string {
  if (low == null && high == null) return ''
  if (high == null) return t('number.least', { low: low ?? 0 })
  if (low == null) return t('number.most', { high })
  return low === high ? number(low) : t('number.span', { low, high })
}

type Located = Partial<Record<'place' | 'place_ar' | 'admin1' | 'country', string | null>>

/** Where: the place, else the province, else the country. */
export function where({ place, place_ar, admin1, country }: Located): string {
  const name = named({ name: place ?? null, name_ar: place_ar ?? null }) || admin1 || ''
  return [name, region(country)].filter(Boolean).join(t('comma')) || t('place.unknown')
}
