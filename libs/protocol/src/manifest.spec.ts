import { isPlain } from '@arena/contracts';
import { describe, expect, it } from '@jest/globals';
import { ManifestError } from './manifest-errors.ts';
import { MAX_MANIFEST_BYTES, manifestJsonSchema, parseManifest, validateManifest } from './manifest.ts';

const good = {
  name: 'Sokoban Fan',
  version: '1.0.0',
  kind: 'symbolic',
  runtime: 'node',
  entry: 'src/agent.ts',
  fields: ['glyphs', 'blstats'],
  gamesAtOnce: 8,
  authors: ['Ada Lovelace'],
};

function problem(change: Record<string, unknown>): string {
  try {
    validateManifest({ ...good, ...change });
  } catch (error) {
    if (error instanceof ManifestError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('arena.json', () => {
  it('is read, with one game at once unless it says more', () => {
    expect(parseManifest(Buffer.from(JSON.stringify(good)))).toEqual(good);
    expect(validateManifest({ ...good, gamesAtOnce: undefined }).gamesAtOnce).toBe(1);
  });

  it.each([
    [{ name: undefined }, /name: is missing; expected text/],
    [{ name: '' }, /name: found "", allowed: at least 1 characters/],
    [{ name: 'x'.repeat(65) }, /name: found "x+…, allowed: at most 64 characters/],
    [{ name: 'a\u001b[31mb' }, /name: .*without control characters/],
    [{ name: 'a\u202Eb' }, /name: .*without control characters/],
    [{ name: 7 }, /name: found 7, expected text/],
    [{ kind: 'quantum' }, /kind: found "quantum", allowed: neural, symbolic, hybrid/],
    [{ runtime: 'ruby' }, /runtime: found "ruby", offered here: node, python, onnx, wasm/],
    [{ fields: [] }, /fields: found \[\], allowed: at least 1 entries/],
    [{ fields: ['glyphs', 'soul'] }, /fields\[1\]: found "soul", allowed: glyphs, chars/],
    [{ fields: ['glyphs', 'glyphs'] }, /fields: .*each field once/],
    [{ gamesAtOnce: 0 }, /gamesAtOnce: found 0, allowed: from 1 to 64/],
    [{ gamesAtOnce: 65 }, /gamesAtOnce: found 65, allowed: from 1 to 64/],
    [{ gamesAtOnce: 1.5 }, /gamesAtOnce: found 1.5, expected a whole number/],
    [{ authors: [] }, /authors: found \[\], allowed: at least 1 entries/],
    [{ version: '1 0' }, /version: found "1 0", allowed: letters/],
    [{ gpu: true }, /unknown field "gpu"; allowed: \$schema, name, .*, affiliation$/],
    [{ autors: ['x'] }, /unknown field "autors" \(did you mean authors\?\)$/],
    [
      { autors: [], feilds: [] },
      /unknown fields "autors" \(did you mean authors\?\), "feilds" \(did you mean fields\?\)$/,
    ],
    [{ ['a\u202eb\u009b']: 1 }, /unknown field "a\ufffdb\ufffd"; allowed/],
    [{ ['__proto__']: 1 }, /unknown field "__proto__"; allowed/],
    [{ constructor: 1 }, /unknown field "constructor"; allowed/],
  ])('refuses %j', (change, message) => {
    expect(problem(change)).toMatch(message);
  });

  it.each([
    '/etc/passwd',
    '../agent.ts',
    'a/../b.ts',
    './a.ts',
    'a//b.ts',
    'a\\b.ts',
    'a b.ts',
    '',
    '..',
    'a/\u0000.ts',
  ])('refuses the entry %j', (entry) => {
    expect(problem({ entry })).toMatch(/entry: found/);
  });

  it.each([
    [Buffer.from('{'), /the file is not JSON/],
    [Buffer.from([0xff, 0xfe]), /not text in UTF-8/],
    [Buffer.from('null'), /expected an object/],
    [Buffer.alloc(MAX_MANIFEST_BYTES + 1, ' '), /at most 65536/],
  ])('refuses what is not an object in JSON (%#)', (bytes, message) => {
    expect(() => parseManifest(bytes)).toThrow(message);
  });

  it.each([
    [
      '{\n  "name": "x",\n  "version": 1.0.0\n}',
      `Expected ',' or '}' after property value at line 3, column 17: «"version": 1.0▸.0»`,
    ],
    ['{\n  "a": 1,\n}', 'Expected double-quoted property name at line 3, column 1: «▸}»'],
    ['{"a": x}', 'Unexpected token \'x\' at line 1, column 7: «{"a": ▸x}»'],
    ['{"a": 1', "Expected ',' or '}' after property value at line 1, column 8: «{\"a\": 1▸»"],
    ['', 'Unexpected end of JSON input at line 1, column 1: «▸»'],
    ['nul', 'Unexpected end of JSON input at line 1, column 1: «▸nul»'],
    [
      '{"a": 1} // end',
      'Unexpected non-whitespace character after JSON at line 1, column 10: «{"a": 1} ▸// end»',
    ],
    ['\r\n\r\n{"a": "b\r\n"}', 'Bad control character in string literal at line 3, column 9: «{"a": "b▸»'],
    [
      `["${'x'.repeat(500)}" ${'y'.repeat(500)}]`,
      `Expected ',' or ']' after array element at line 1, column 505: «…${'x'.repeat(28)}" ▸${'y'.repeat(30)}…»`,
    ],
    [
      '{"a": \u001b[31m\u202e}',
      'Unexpected token \'\ufffd\' at line 1, column 7: «{"a": ▸\ufffd[31m\ufffd}»',
    ],
  ])('tells where %j stops being JSON', (text, words) => {
    expect(() => parseManifest(Buffer.from(text))).toThrow(`arena.json: the file is not JSON: ${words}`);
  });

  it.each([
    ['a NUL', '$schema', '\\u0000'],
    ['half a pair', '$schema', 'x\\ud800'],
    ['a NUL', 'name', 'x\\u0000'],
    ['half a pair', 'description', '\\udc00'],
  ])('refuses %s in %s, which no database stores', (_what, field, text) => {
    const file = JSON.stringify(good)
      .replace('{', `{"${field}": "${text}", `)
      .replace('"name":"Sokoban Fan",', field === 'name' ? '' : '$&');
    expect(() => parseManifest(Buffer.from(file))).toThrow(`arena.json: ${field}: holds a NUL`);
  });

  it('is cut between letters where an error shows it', () => {
    const name = `${'x'.repeat(36)}👩‍👩‍👧${'y'.repeat(60)}`;
    for (let more = 0; more < 8; more++)
      expect(isPlain(problem({ name: 'x'.repeat(more) + name }))).toBe(true);
  });

  it('refuses a NUL in the name of a field, and deep within', () => {
    const inside = (text: string) => Buffer.from(`{"onnx": {"inputs": [${text}]}}`);
    expect(() => parseManifest(inside('{"a\\u0000": 1}'))).toThrow(
      'arena.json: onnx.inputs[0]: has a field whose name holds a NUL',
    );
    expect(() => parseManifest(inside('"\\ud800"'))).toThrow('arena.json: onnx.inputs[0]: holds a NUL');
  });

  it.each([
    ['lists', '['.repeat(32_000) + ']'.repeat(32_000)],
    ['lists that do not end', '['.repeat(60_000)],
    ['objects', '{"a":'.repeat(8_000) + '1' + '}'.repeat(8_000)],
    ['objects that do not end', '{"a":'.repeat(8_000)],
    ['lists in a field', `{"name": ${'['.repeat(32_000)}${']'.repeat(32_000)}}`],
  ])('refuses %s nested thousands of levels deep', (_what, text) => {
    expect(() => parseManifest(Buffer.from(text))).toThrow(ManifestError);
    expect(() => parseManifest(Buffer.from(text))).toThrow(/32 levels deep|is not JSON/);
  });

  it.each(['Team 👩‍👩‍👧', '🏳️‍🌈', '👍🏽 v2', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('takes the name %j', (name) => {
    expect(problem({ name })).toBe('accepted');
  });

  it.each(['a\u200db', '🐉\u200d', 'a\u{e0067}'])(
    'refuses joiners without an emoji in the name %j',
    (name) => {
      expect(problem({ name })).toMatch(/name: .*without control characters and invisible characters/);
    },
  );

  it('names the runtimes that are offered', () => {
    expect(() => validateManifest(good, [])).toThrow(/runtime: found "node", offered here: none/);
  });

  it('has a JSON schema that lists the same fields', () => {
    const schema = manifestJsonSchema() as { properties: Record<string, unknown>; required: string[] };
    expect(Object.keys(schema.properties).sort()).toEqual(
      [...Object.keys(good), '$schema', 'nle', 'onnx', 'description', 'licence', 'affiliation'].sort(),
    );
    expect(schema.required).not.toContain('gamesAtOnce');
  });
});
