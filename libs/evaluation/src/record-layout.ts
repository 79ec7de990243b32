import { FIELDS } from '@arena/engine';
import { TEXT_FIELDS } from '@arena/observation-text';
import { layOut, type Manifest, type RecordLayout } from '@arena/protocol';

/** The records an agent is sent: the fields it wishes, in the platform's order. */
export function layoutOf({ fields }: Manifest): RecordLayout {
  const wished = new Set<string>(fields);
  return layOut([...FIELDS, ...TEXT_FIELDS].filter(({ name }) => wished.has(name)));
}
