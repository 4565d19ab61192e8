/** Why a block ended early: the service refused it, or the playground stopped it. */
import { errorOf } from '../../../wasm/client/client';
import type { Json, LocalFaultName, ServiceFault } from '../protocol/types';

/** Thrown to end a block that the service itself refused, e.g. the CreateTable of a load. */
export class ServiceRefusal extends Error {
  constructor(
    readonly fault: ServiceFault,
    readonly status: number,
  ) {
    super(fault.message);
    this.name = fault.name;
  }
}

/** Thrown to end a block that the playground itself stopped. */
export class LocalFault extends Error {
  constructor(
    readonly code: LocalFaultName,
    message: string,
  ) {
    super(message);
    this.name = code;
  }
}

/** The error body of the service as a value: short name, words, other members. */
export function faultOf(response: Json): ServiceFault {
  return errorOf(response) as ServiceFault;
}
