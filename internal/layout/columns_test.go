package layout

import (
	"reflect"
	"testing"

	"nastavnik/internal/wml"
)

// The rules are those of LibreOffice 7.4, which keeps a row's edges in ten-thousandths.
func TestRowEdges(t *testing.T) {
	cell := func(span, width int) *wml.Cell {
		return &wml.Cell{Span: span, Width: wml.Measure{Kind: wml.MeasureTwips, Value: width}}
	}
	tests := []struct {
		name string
		grid []twip
		row  wml.Row
		want []int
	}{
		{"the grid decides when the cells add up to it", []twip{1000, 3000}, wml.Row{Cells: []*wml.Cell{cell(1, 2000), cell(1, 2000)}}, []int{0, 2500, 10000}},
		{"columns left out keep their place", []twip{1000, 3000, 4000}, wml.Row{Before: 1, Cells: []*wml.Cell{cell(1, 0)}, After: 1}, []int{0, 1250, 5000, 10000}},
		{"the cells decide when there are more than columns", []twip{4000}, wml.Row{Cells: []*wml.Cell{cell(1, 1000), cell(1, 3000)}}, []int{0, 2500, 10000}},
		{"no grid and no widths are equal shares", nil, wml.Row{Cells: []*wml.Cell{{Span: 1}, {Span: 1}}}, []int{0, 5000, 10000}},
		{"too many widths for the grid are equal shares", []twip{1000}, wml.Row{Cells: []*wml.Cell{cell(1, 2000), cell(1, 500)}}, []int{0, 5000, 10000}},
	}
	for _, tt := range tests {
		if got := rowEdges(&wml.Table{Grid: tt.grid}, &tt.row); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestTableWidth(t *testing.T) {
	twips := func(v int) wml.Measure { return wml.Measure{Kind: wml.MeasureTwips, Value: v} }
	tests := []struct {
		name   string
		table  wml.Table
		nested bool
		want   twip
	}{
		{"w:tblW in twips wins over the grid", wml.Table{Grid: []twip{1000, 1000}, Width: twips(5000)}, false, 5000},
		{"auto is the grid", wml.Table{Grid: []twip{1000, 1000}, Width: wml.Measure{Kind: wml.MeasureAuto}}, true, 2000},
		{"sums are rounded up to hundredths of a millimetre", wml.Table{Grid: []twip{3096, 4832}}, false, 7929},
		{"per cents are whole ones", wml.Table{Width: wml.Measure{Kind: wml.MeasurePercent, Value: 2540}}, false, 4500},
		{"a nested table that states none fills its cell", wml.Table{Grid: []twip{1000}}, true, 9000},
		{"no grid fills the region", wml.Table{}, false, 9000},
	}
	for _, tt := range tests {
		if got, _ := tableWidth(&tt.table, 9000, tt.nested); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}
