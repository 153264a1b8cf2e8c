package main

import (
	"encoding/json"
	"net/http"
	"slices"
)

// Item is the example resource: put the service's own in its place.
type Item struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

var items = []Item{
	{ID: "1", Title: "First"},
	{ID: "2", Title: "Second"},
}

func listItems(writer http.ResponseWriter, _ *http.Request) {
	answer(writer, http.StatusOK, map[string]any{"items": items})
}

func getItem(writer http.ResponseWriter, request *http.Request) {
	id := request.PathValue("id")
	at := slices.IndexFunc(items, func(item Item) bool { return item.ID == id })
	if at < 0 {
		answer(writer, http.StatusNotFound, map[string]any{"error": "there is no item " + id})
		return
	}
	answer(writer, http.StatusOK, items[at])
}

func answer(writer http.ResponseWriter, status int, body any) {
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	// The caller may be gone: there is nobody left to tell.
	_ = json.NewEncoder(writer).Encode(body)
}
