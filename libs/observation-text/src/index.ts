/** An observation in words, for agents that read: message, status, inventory, surroundings. */
export { TEXT_FIELDS, isTextField, sourcesOf, type TextField, type TextFieldName } from './fields.ts';
export { TextObservation } from './text-observation.ts';
export { messageText } from './message.ts';
export { statusText } from './status.ts';
export { inventoryText } from './inventory.ts';
export { surroundingsText } from './surroundings.ts';
