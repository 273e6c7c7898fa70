// Types of events, as in the codebook: each sub-event type belongs to one type, each type has a shape of its own.
export const EVENT_TYPES = ['battles', 'explosions', 'civilians', 'protests', 'riots', 'strategic'] as const
export type EventType = (typeof EVENT_TYPES)[number]

export const SUB_EVENT_TYPES: Record<EventType, readonly string[]> = {
  battles: ['armed_clash', 'government_regains_territory', 'non_state_overtakes_territory'],
  explosions: ['air_drone_strike', 'shelling_artillery_missile', 'remote_explosive_ied', 'suicide_bomb', 'grenade', 'chemical_weapon'],
  civilians: ['attack', 'abduction_forced_disappearance', 'sexual_violence'],
  protests: ['peaceful_protest', 'protest_with_intervention', 'excessive_force_against_protesters'],
  riots: ['violent_demonstration', 'mob_violence'],
  strategic: [
    'agreement', 'arrests', 'change_to_group_activity', 'disrupted_weapons_use', 'headquarters_or_base_established',
    'looting_property_destruction', 'non_violent_transfer_of_territory', 'other_strategic',
  ],
}

const typeOf = new Map(EVENT_TYPES.flatMap((type) => SUB_EVENT_TYPES[type].map((sub) => [sub, type] as const)))

/** The type of a sub-event type; one that a newer codebook added counts as strategic. */
export const eventType = (sub: string): EventType => typeOf.get(sub) ?? 'strategic'

/** Outline of each type's mark, in a square of 20 with its centre at 10, 10. */
export const SHAPES: Record<EventType, string> = {
  battles: 'M10 1.2 18.8 10 10 18.8 1.2 10Z',
  explosions: 'M10 2.2a7.8 7.8 0 1 1 0 15.6a7.8 7.8 0 1 1 0-15.6Z',
  civilians: 'M3 3H17V17H3Z',
  protests: 'M10 2 18.6 17H1.4Z',
  riots: 'M10 18 1.4 3H18.6Z',
  strategic: 'M7 2H13V7H18V13H13V18H7V13H2V7H7Z',
}
