/** Who writes, as `managedFields` of objects name it. */
export const FIELD_MANAGER = 'orrery';
