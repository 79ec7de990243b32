import { FIELDS } from '@arena/engine';
import { layOut, type Manifest, type RecordLayout } from '@arena/protocol';

/** The records an agent is sent: the fields it wishes, in the platform's order. */
export function layoutOf({ fields }: Manifest): RecordLayout {
  const wished = new Set<string>(fields);
  return layOut(FIELDS.filter(({ name }) => wished.has(name)));
}
