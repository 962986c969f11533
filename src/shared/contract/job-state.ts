import { z } from 'zod'
import { jobStates } from '../domain/job-state.ts'

export const jobStateSchema = z.enum(jobStates)
