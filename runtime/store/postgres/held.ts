import { NOW } from "./records.ts";

/**
 * How an execution is taken from its worker, whatever the reason: at a new epoch, so that the worker's late writes are
 * refused, and due at once. An inline child is due to nobody: whoever gets its parent adopts it.
 */
export const TAKEN_BACK = `
    owner = NULL, epoch = e.epoch + 1,
    status = CASE WHEN e.status = 'running' AND e.kind <> 'inline' THEN 'pending' ELSE e.status END,
    wake_at = CASE WHEN e.kind = 'inline' THEN e.wake_at ELSE ${NOW} END`;
