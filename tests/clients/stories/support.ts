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

/** Makes a user by Forms On Fire's dialect, for those that cannot. In a new directory its number is 1. */
export async function makeUser(): Promise<number> {
  const response = await fetch(`${url}/api/v2/user`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      CompanyId: 1,
      IntegrationKey: secret,
      FirstName: 'Ann',
      LastName: 'Lee',
      Email: 'ann@example.com',
    }),
  });
  assert.equal(response.status, 200);
  return 1;
}
