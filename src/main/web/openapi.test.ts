import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, describe, expect, test } from 'vitest'
import { contract } from '#shared/contract/index.ts'
import { generateOpenApi } from './openapi.ts'

type Operation = {
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string }[]
  responses: Record<string, { description: string; content?: object }>
}
let document: Record<string, unknown>
let paths: Record<string, Record<string, Operation>>

beforeAll(async () => {
  document = JSON.parse(JSON.stringify(await generateOpenApi('1.2.3'))) as typeof document
  paths = document['paths'] as typeof paths
})

const operations = () => Object.values(paths).flatMap((item) => Object.values(item))

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    expect(document['openapi']).toMatch(/^3\.1\./)
    expect(await new Validator().validate(document)).toEqual({ valid: true })
  })

  test('resolves every reference', () => {
    const text = JSON.stringify(document)
    const { schemas } = document['components'] as { schemas: Record<string, unknown> }
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(Object.keys(schemas)).toContain(name)
  })

  test('has the paths that were promised to programs', () => {
    const promised = {
      '/environments': ['get'],
      '/environments/{environment}/queues': ['get'],
      '/environments/{environment}/queues/{queue}/jobs': ['get'],
      '/environments/{environment}/queues/{queue}/jobs/{job}': ['get', 'delete'],
      '/environments/{environment}/queues/{queue}/jobs/{job}/retry': ['post'],
      '/environments/{environment}/audit': ['get'],
      '/environments/{environment}/jobs': ['get'],
      '/environments/{environment}/jobs/facets': ['get'],
      '/environments/{environment}/jobs/export': ['get'],
      '/environments/{environment}/failures': ['get'],
      '/environments/{environment}/failures/{group}': ['get', 'patch'],
      '/environments/{environment}/mirror': ['get'],
      '/environments/{environment}/mirror/rebuild': ['post'],
    }
    for (const [path, methods] of Object.entries(promised)) {
      expect(Object.keys(paths[path] ?? {})).toEqual(expect.arrayContaining(methods))
    }
    const list = paths['/environments/{environment}/queues/{queue}/jobs']?.['get']
    expect(list?.parameters?.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual(
      expect.arrayContaining(['path queue', 'query state', 'query limit', 'query cursor']),
    )
  })

  test('gives DELETE its parameters in the query, where every client can put them', () => {
    const remove = paths['/environments/{environment}/queues/{queue}/jobs/{job}']?.['delete']
    expect(remove).not.toHaveProperty('requestBody')
    expect(remove?.parameters?.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
      'path environment',
      'path queue',
      'path job',
      'query expectedState',
      'query reason',
    ])
  })

  test('has every procedure of the contract once, and the download of an export', () => {
    const procedures = Object.values(contract).flatMap((capability) => Object.keys(capability))
    expect(operations()).toHaveLength(procedures.length + 1)
  })

  test('has the download of an export with its parameters, its forms and its refusals', () => {
    const path = '/environments/{environment}/jobs/export'
    const operation = paths[path]?.['get']
    expect(operation?.parameters?.map(({ name }) => name)).toEqual([
      'environment',
      'filter',
      'zone',
      'sort',
      'format',
      'columns',
    ])
    expect(Object.keys(operation?.responses['200']?.content ?? {})).toEqual([
      'text/csv; charset=utf-8; header=present',
      'application/jsonl; charset=utf-8',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ])
    expect(operation?.responses['400']?.description).toContain('FILTER_INVALID')
    expect(operation?.responses['503']?.description).toContain('MIRROR_UNAVAILABLE')
  })

  test('says of every operation what it does, where it belongs and how it fails', () => {
    for (const operation of operations()) {
      expect(operation.summary).toMatch(/^[A-Z]/)
      expect(Object.keys(contract)).toContain(operation.tags?.[0])
      const statuses = Object.keys(operation.responses)
      expect(statuses).toEqual(expect.arrayContaining(['400', '401']))
      expect(statuses.filter((status) => /^20[01]$/.test(status))).toHaveLength(1)
    }
    const remove = paths['/environments/{environment}/queues/{queue}/jobs/{job}']?.['delete']
    expect(remove?.responses['409']?.description).toContain('JOB_STATE_CHANGED')
    expect(remove?.responses['423']?.description).toContain('ENVIRONMENT_READ_ONLY')
  })

  test('has lists in a query by repeating their name', () => {
    const live = paths['/environments/{environment}/queues/live']?.['get']
    expect(live?.parameters?.find(({ name }) => name === 'visible')).toMatchObject({
      in: 'query',
      style: 'form',
      explode: true,
      schema: { type: 'array' },
    })
  })

  test('asks for a token', () => {
    expect(document['security']).toEqual([{ token: [] }, { session: [] }])
  })
})
