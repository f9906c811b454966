/** Terms of a trail filter that a report decides itself, or leaves out. */
export const NOT_FOR_REPORTS = ['from', 'to', 'not.from', 'not.to', 'own', 'echoes', 'since'] as const;
