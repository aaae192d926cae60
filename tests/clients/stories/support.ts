// What every story needs: the server and the credential, from the environment, and checks that narrow types.
import assert from 'node:assert/strict';

export { assert };

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export const url = setting('ROSTER_URL');
export const clientId = setting('ROSTER_CLIENT_ID');
export const secret = setting('ROSTER_CLIENT_SECRET');

/** The value, which must be there. */
export function present<T>(value: T | null | undefined): T {
  assert.ok(value !== null && value !== undefined, 'a value is missing');
  return value;
}

/** What a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  return assert.fail('the call was not refused');
}
