import { describe, expect, it } from '@jest/globals';
import { encodeModel } from './model.ts';
import { bytes, float, int, text } from './protobuf.ts';

const hex = (encoded: Uint8Array): string => Buffer.from(encoded).toString('hex');

describe('protocol buffers', () => {
  it('writes what the format says', () => {
    // The examples of the format's own description.
    expect(hex(int(1, 150))).toBe('089601');
    expect(hex(text(2, 'testing'))).toBe('120774657374696e67');
    expect(hex(int(1, -2))).toBe('08feffffffffffffffff01');
    expect(hex(float(3, 1))).toBe('1d0000803f');
    expect(hex(bytes(16, new Uint8Array(200))).slice(0, 8)).toBe('8201c801');
  });
});

describe('a model', () => {
  it('has its version, its graph and its operators', () => {
    const model = encodeModel({
      inputs: [{ name: 'x', type: 'int64', shape: ['n', 3] }],
      outputs: [{ name: 'y', type: 'int64', shape: ['n', 3] }],
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    });
    expect(hex(model.subarray(0, 2))).toBe('0808');
    // The input: name, then type 7 and the sizes "n" and 3.
    expect(hex(model)).toContain('0807' + '1209' + '0a03' + '12016e' + '0a02' + '0803');
    expect(hex(model)).toContain(Buffer.from('Identity').toString('hex'));
    expect(hex(model.subarray(-6))).toBe('42040a001011');
  });
});
