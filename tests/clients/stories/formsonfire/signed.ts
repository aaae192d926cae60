// Orval's clients know no API keys: this function, named in orval.config.mjs, sends each request with them.
import { secret } from '../support.js';

export async function signed<T>(path: string, init: RequestInit): Promise<T> {
  const address = new URL(path);
  address.searchParams.set('CompanyId', '1');
  address.searchParams.set('IntegrationKey', secret);
  const response = await fetch(address, init);
  return { data: await response.json(), status: response.status, headers: response.headers } as T;
}
