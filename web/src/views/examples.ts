/** What a new workspace can start with: the runnable example, and the other doors of the empty state. */

import { datasetCards } from '../datasets/catalog';
import { count } from './format';

const music = `# Music: one table, four songs, one question.
# Ctrl+Enter runs the request at the cursor, Alt+Enter runs them all.

CreateTable {
  "TableName": "Music",
  "AttributeDefinitions": [
    { "AttributeName": "Artist", "AttributeType": "S" },
    { "AttributeName": "SongTitle", "AttributeType": "S" }
  ],
  "KeySchema": [
    { "AttributeName": "Artist", "KeyType": "HASH" },     // partition key
    { "AttributeName": "SongTitle", "KeyType": "RANGE" }  // sort key
  ],
  "BillingMode": "PAY_PER_REQUEST"
}

PutItem {
  "TableName": "Music",
  "Item": {
    "Artist": { "S": "Luna Park" },
    "SongTitle": { "S": "Harbour Lights" },
    "Year": { "N": "2019" },
    "Genres": { "SS": ["indie", "pop"] }
  }
}

PutItem {
  "TableName": "Music",
  "Item": {
    "Artist": { "S": "Luna Park" },
    "SongTitle": { "S": "Afterglow" },
    "Year": { "N": "2021" },
    "Live": { "BOOL": true }
  }
}

PutItem {
  "TableName": "Music",
  "Item": {
    "Artist": { "S": "Luna Park" },
    "SongTitle": { "S": "Paper Moon" },
    "Year": { "N": "2016" }
  }
}

PutItem {
  "TableName": "Music",
  "Item": {
    "Artist": { "S": "Tin Roof" },
    "SongTitle": { "S": "Rain Check" },
    "Year": { "N": "2020" }
  }
}

# All songs of one artist, in the order of their titles.
Query {
  "TableName": "Music",
  "KeyConditionExpression": "Artist = :artist",
  "ExpressionAttributeValues": { ":artist": { "S": "Luna Park" } }
}
`;

const movies = `# ${count(datasetCards.movies.items)} films in one table. Loading takes about a second; Stop cancels it.
@load movies

# The first ten, as the table stores them.
Scan {
  "TableName": "Movies",
  "Limit": 10
}
`;

const blank = `# Write an operation name and its JSON body. Ctrl+Space completes, Ctrl+Enter runs.

ListTables {}
`;

export const EXAMPLES = { music, movies, blank } as const;

/** The body of a Query over one table, ready to be filled in. */
export function queryBlock(table: string, partitionKey: { name: string; type: string }, value = ''): string {
  return `Query {
  "TableName": ${JSON.stringify(table)},
  "KeyConditionExpression": "#pk = :pk",
  "ExpressionAttributeNames": { "#pk": ${JSON.stringify(partitionKey.name)} },
  "ExpressionAttributeValues": { ":pk": { ${JSON.stringify(partitionKey.type)}: ${JSON.stringify(value)} } }
}`;
}

/** A Scan of the first page of one table. */
export function scanBlock(table: string): string {
  return `Scan {
  "TableName": ${JSON.stringify(table)},
  "Limit": 25
}`;
}
