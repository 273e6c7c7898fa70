/** A colour of the theme in force, by the name of its custom property. */
export const ink = (property: string): string => getComputedStyle(document.documentElement).getPropertyValue(property).trim()
