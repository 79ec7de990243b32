import { describe, expect, it } from '@jest/globals';
import { hintFor, lastError } from './hints.ts';

describe('the last error of a log', () => {
  it('is the one that ended the agent, not one that it had caught or that caused it', () => {
    const log = [
      'Error: printed by the agent, who went on',
      'Traceback (most recent call last):',
      '  File "/agent/agent.py", line 4, in act',
      "KeyError: 'depth'",
      '',
      'During handling of the above exception, another exception occurred:',
      '  File "/agent/agent.py", line 6, in act',
      'ValueError: assignment destination is read-only',
    ].join('\n');
    expect(lastError(log)).toEqual({
      line: 'ValueError: assignment destination is read-only',
      hint: expect.stringContaining('.copy()'),
    });
  });

  it('is told with the cause that node prints under it', () => {
    const log =
      'TypeError: fetch failed\n    at act (/agent/agent.js:1:9) {\n  [cause]: Error: getaddrinfo EAI_AGAIN example.org\n}\n';
    expect(lastError(log)).toEqual({
      line: 'TypeError: fetch failed',
      hint: expect.stringContaining('no network'),
    });
  });

  it('may need no hint, and may be missing', () => {
    expect(lastError('TypeError: lost my way\n')).toEqual({ line: 'TypeError: lost my way', hint: null });
    expect(lastError('went home\n')).toBeNull();
  });

  it('is cut where it is long', () => {
    expect(lastError(`Error: ${'x'.repeat(1000)}`)?.line).toHaveLength(400);
  });
});

it.each([
  ['ImportError: attempted relative import with no known parent package', "write 'import helper'"],
  ["ModuleNotFoundError: No module named 'torch'", "arena.onnx.load('policy.onnx')"],
  ["ModuleNotFoundError: No module named 'panda'", 'no pip'],
  [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'lodash' imported from /agent/agent.js",
    'bring lodash along',
  ],
  [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/agent/helper' imported from /agent/agent.js",
    "'./helper.js'",
  ],
  ['OSError: [Errno 97] Address family not supported by protocol', 'no network, by design'],
  [
    'urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>',
    'no network, by design',
  ],
  ['Error: connect EAFNOSUPPORT 1.1.1.1:80 - Local (undefined:undefined)', 'no network, by design'],
  [
    "CalledProcessError: Command '['pip', 'install', 'torch']' returned non-zero exit status 1.",
    'no network',
  ],
  ["OSError: [Errno 30] Read-only file system: 'log.txt'", 'write to /tmp'],
  ["Error: EROFS: read-only file system, open '/agent/x'", 'write to /tmp'],
  ['RuntimeError: Attempting to deserialize object on a CUDA device', 'no graphics card'],
  ["RuntimeError: can't start new thread", 'one limit'],
  ['TypeError: A.__init__() takes 1 positional argument but 2 were given', 'def __init__(self, context)'],
  ["AttributeError: 'A' object has no attribute 'context'", 'super().__init__(context)'],
  ['TypeError: A.reset() takes 1 positional argument but 2 were given', 'def reset(self, game)'],
])('%s comes with a way out', (error, hint) => {
  expect(hintFor(error)).toContain(hint);
});
