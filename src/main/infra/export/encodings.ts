import type { Encodings } from '#core/mirror/export-ports.ts'
import { xlsx } from '../spreadsheet/xlsx.ts'
import { csv } from './csv.ts'
import { jsonLines } from './json-lines.ts'

export const encodings: Encodings = { csv, jsonl: jsonLines, xlsx }
