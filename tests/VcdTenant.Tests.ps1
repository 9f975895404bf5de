# A session of the provider that acts for an organization: by -Organization, by Get-VcdOrg in the pipeline, and by objects that were read for one. What the server was told is read from its log.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ Speed = 60 }
    $vcd = $simulator.Vcd
    $null = Connect-Vcd $vcd.Server -Organization System -Credential ($vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy -Name provider
    $null = Connect-TestVcd $simulator @{ Name = 'cloud'; NotDefault = $true }
    $oldState = $env:ORCHESTRATORTOOLS_STATE
    $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state
    $acme = Get-VcdOrg acme
    $uuid = $acme.Id -replace '.*:'
    $image = Join-Path $TestDrive tenant.iso
    [IO.File]::WriteAllBytes($image, [byte[]]::new(200000))

    $ovf = Join-Path $TestDrive tenant.ovf
    Set-Content $ovf '<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"><References/><VirtualSystem ovf:id="x"/></Envelope>'

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        try {
            @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
        }
        catch {
            $_
        }
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    # The requests to the API, without those for organizations by which a name is found, without sessions and without transfers.
    function Get-ApiCall {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /api/* | Where-Object { $_.Query -notlike '*type=organization*' -and $_.Path -notlike '*session*' })
    }

    # Everything that was asked was asked for acme, by both headers.
    function Assert-ForAcme {
        $calls = Get-ApiCall
        $calls | Should -Not -BeNullOrEmpty
        $calls | ForEach-Object { "$($_.Headers['X-VMWARE-VCLOUD-TENANT-CONTEXT']) $($_.Headers['X-VMWARE-VCLOUD-AUTH-CONTEXT'])" } | Sort-Object -Unique | Should -Be "$uuid acme"
    }

    # Nothing was asked for an organization.
    function Assert-ForNobody {
        $calls = Get-ApiCall
        $calls | Should -Not -BeNullOrEmpty
        @($calls | Where-Object { $_.Headers.Count -gt 0 }) | Should -BeNullOrEmpty
    }

    function New-RunningTask {
        (Invoke-SimulatorCommand $simulator systems/vcd/task @{ organization = 'acme'; cancelable = $true })
    }

    # An upload that stops after its first piece.
    function Start-Unfinished {
        param([string] $Name)
        $path = Join-Path $TestDrive $Name
        Copy-Item $image $path
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/* -Skip 1 -Count 0
        $null = Get-Failure { Send-VcdMedia $path -Catalog iso -Organization acme -ChunkSize 65536 }
        Clear-OrchestratorSimulatorFault -Simulator $simulator
    }

    function New-Image {
        param([string] $Name)
        $null = Invoke-SimulatorCommand $simulator systems/vcd/item @{ name = $Name; kind = 'media'; catalog = 'iso'; organization = 'acme'; size = 5000 }
    }
}

AfterAll {
    $env:ORCHESTRATORTOOLS_STATE = $oldState
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'A provider that acts for an organization' {
    BeforeEach {
        Clear-Log
    }

    It 'says so with <Name>, by -Organization and for objects that were read so' -ForEach @(
        @{ Name = 'Get-VcdCatalog, -Catalog, -CatalogItem'; ByName = { Get-VcdCatalog iso -Organization acme }; ByObject = { Get-VcdCatalog iso -Organization acme | Get-VcdCatalogItem } }
        @{ Name = 'Get-VcdAccess'; ByName = { Get-VcdAccess $iso.Id -Organization acme }; ByObject = { $iso | Get-VcdAccess } }
        @{ Name = 'Get-VcdOwner'; ByName = { Get-VcdOwner $iso.Id -Organization $acme }; ByObject = { $iso | Get-VcdOwner } }
        @{ Name = 'Get-VcdMetadata'; ByName = { Get-VcdMetadata $iso.Id -Organization acme }; ByObject = { $iso | Get-VcdMetadata } }
        @{ Name = 'Get-VcdTask'; ByName = { Get-VcdTask -Organization acme }; ByObject = { $iso | Get-VcdTask } }
        @{ Name = 'Get-VcdTransfer'; ByName = { Get-VcdTransfer -Organization acme }; ByObject = { $iso | Get-VcdTransfer } }
        @{ Name = 'Resolve-VcdEntity'; ByName = { Resolve-VcdEntity $iso.Id -Organization acme }; ByObject = { Resolve-VcdEntity $iso.Id -Organization $acme } }
        @{ Name = 'Invoke-VcdRequest'; ByName = { Invoke-VcdRequest $iso.Href -Organization acme }; ByObject = { Invoke-VcdRequest -InputObject $iso -Rel up } }
        @{ Name = 'Search-Vcd'; ByName = { Search-Vcd adminCatalog -First 1 -Organization acme }; ByObject = { Search-Vcd adminCatalog -Where @{ name = 'iso' } -Organization $acme | Get-VcdAccess } }
        @{ Name = 'New-VcdCatalog'; ByName = { New-VcdCatalog 'by name' -Organization acme -Wait }; ByObject = { $acme | New-VcdCatalog 'by object' } }
        @{ Name = 'Set-VcdCatalog'; ByName = { Set-VcdCatalog 'by name' -Description one -Organization acme }; ByObject = { Get-VcdCatalog 'by object' -Organization acme | Set-VcdCatalog -Description two -Wait } }
        @{ Name = 'Set-VcdAccess'; ByName = { Set-VcdAccess -InputObject $iso.Id ReadOnly -ToUser cathy -Organization acme }; ByObject = { $iso | Set-VcdAccess None -ToUser cathy } }
        @{ Name = 'Set-VcdOwner'; ByName = { Set-VcdOwner -InputObject (Get-VcdCatalog 'by name' -Organization acme).Id cathy -Organization acme }; ByObject = { Get-VcdCatalog 'by object' -Organization acme | Set-VcdOwner cathy } }
        @{ Name = 'Set-VcdMetadata'; ByName = { Set-VcdMetadata -InputObject $iso.Id @{ tenant = 'one' } -Organization acme -Wait }; ByObject = { $iso | Set-VcdMetadata @{ tenant2 = 'two' } -Wait } }
        @{ Name = 'Remove-VcdMetadata'; ByName = { Remove-VcdMetadata -InputObject $iso.Id tenant -Organization acme -Wait -Confirm:$false }; ByObject = { $iso | Get-VcdMetadata -Key tenant2 | Remove-VcdMetadata -Wait -Confirm:$false } }
        @{ Name = 'Publish-VcdCatalog'; ByName = { Publish-VcdCatalog 'by name' -Organization acme }; ByObject = { Get-VcdCatalog 'by object' -Organization acme | Publish-VcdCatalog } }
        @{ Name = 'Unpublish-VcdCatalog'; ByName = { Unpublish-VcdCatalog 'by name' -Organization acme }; ByObject = { Get-VcdCatalog 'by object' -Organization acme | Unpublish-VcdCatalog } }
        @{ Name = 'Copy-VcdCatalogItem'; ByName = { Copy-VcdCatalogItem three.iso 'by name' -Catalog iso -Name copied.iso -Organization acme -Wait }; ByObject = { Get-VcdCatalogItem copied.iso -Organization acme | Copy-VcdCatalogItem -ToCatalog 'by object' -Wait } }
        @{ Name = 'Move-VcdCatalogItem'; ByName = { Move-VcdCatalogItem copied.iso 'by object' -Catalog 'by name' -Name moved.iso -Organization acme -Wait }; ByObject = { Get-VcdCatalogItem moved.iso -Organization acme | Move-VcdCatalogItem -ToCatalog 'by name' -Wait } }
        @{ Name = 'Add-VcdCatalogItem'; ByName = { Add-VcdCatalogItem (Get-VcdMedia three.iso -Organization acme).Href 'by name' -Name x -Organization acme -ErrorAction SilentlyContinue }; ByObject = { Get-VcdMedia three.iso -Organization acme | Add-VcdCatalogItem -Catalog 'by object' -Name x -ErrorAction SilentlyContinue } }
        @{ Name = 'Register-VcdCatalogSubscription'; ByName = { Register-VcdCatalogSubscription 'sub one' $published -Organization acme -LocalCopy -Wait }; ByObject = { Register-VcdCatalogSubscription -Catalog (Get-VcdCatalog 'sub one' -Organization acme) -Url $published -Wait } }
        @{ Name = 'Sync-VcdCatalog'; ByName = { Sync-VcdCatalog 'sub one' -Organization acme -Wait }; ByObject = { Get-VcdCatalog 'sub one' -Organization acme | Sync-VcdCatalog -Wait } }
        @{ Name = 'Receive-VcdMedia'; ByName = { Receive-VcdMedia moved.iso $TestDrive -Catalog 'by name' -Organization acme }; ByObject = { Get-VcdMedia moved.iso -Organization acme | Receive-VcdMedia -Destination $TestDrive -Force } }
        @{ Name = 'Receive-VcdTemplate'; ByName = { Receive-VcdTemplate debian-12-base $TestDrive -Organization acme }; ByObject = { Get-VcdTemplate debian-12-base -Organization acme | Receive-VcdTemplate -Destination $TestDrive -Force } }
        @{ Name = 'Receive-VcdVApp'; ByName = { Receive-VcdVApp $vapp.Name $TestDrive -Organization acme }; ByObject = { $vapp | Receive-VcdVApp -Destination $TestDrive -Force } }
        @{ Name = 'Remove-VcdCatalogItem'; ByName = { Remove-VcdCatalogItem copied.iso -Catalog 'by object' -Organization acme -Wait -Confirm:$false }; ByObject = { Get-VcdCatalogItem moved.iso -Organization acme | Remove-VcdCatalogItem -Wait -Confirm:$false } }
        @{ Name = 'Remove-VcdMedia'; ByName = { Remove-VcdMedia four.iso -Organization acme -Wait -Confirm:$false }; ByObject = { Get-VcdMedia two.iso -Organization acme | Remove-VcdMedia -Wait -Confirm:$false } }
        @{ Name = 'Send-VcdMedia'; ByName = { Send-VcdMedia $image -Catalog 'by name' -Organization acme }; ByObject = { Send-VcdMedia $image -Catalog (Get-VcdCatalog 'by object' -Organization acme) } }
        @{ Name = 'Resume-VcdTransfer'; ByName = { Start-Unfinished r1.iso; Resume-VcdTransfer r1.iso -Organization acme }; ByObject = { Start-Unfinished r2.iso; Get-VcdTransfer r2.iso -Organization acme | Resume-VcdTransfer } }
        @{ Name = 'Stop-VcdTransfer'; ByName = { Start-Unfinished s1.iso; Stop-VcdTransfer s1.iso -Organization acme -Confirm:$false }; ByObject = { Start-Unfinished s2.iso; Get-VcdTransfer s2.iso -Organization acme | Stop-VcdTransfer -Confirm:$false } }
        @{ Name = 'Send-VcdTemplate'; ByName = { Send-VcdTemplate $ovf -Catalog iso -Name t1 -Organization acme }; ByObject = { Send-VcdTemplate $ovf -Catalog $iso -Name t2 -Wait } }
        @{ Name = 'Remove-VcdTemplate'; ByName = { Wait-VcdTask (Get-VcdTemplate t1 -Organization acme -Detailed) -Organization acme; Remove-VcdTemplate t1 -Organization acme -Wait -Confirm:$false }; ByObject = { Get-VcdTemplate t2 -Organization acme | Remove-VcdTemplate -Wait -Confirm:$false } }
        @{ Name = 'Wait-VcdTask'; ByName = { Wait-VcdTask $task.Id -Organization acme }; ByObject = { Get-VcdTask -Organization acme | Where-Object Id -EQ $task.Id | Wait-VcdTask } }
        @{ Name = 'Stop-VcdTask'; ByName = { Stop-VcdTask (New-RunningTask) -Organization acme }; ByObject = { $id = New-RunningTask; Get-VcdTask -Organization acme | Where-Object Id -EQ $id | Stop-VcdTask } }
        @{ Name = 'Remove-VcdCatalog'; ByName = { Remove-VcdCatalog 'by name' -Organization acme -Force -Wait -Confirm:$false }; ByObject = { Get-VcdCatalog 'by object' -Organization acme | Remove-VcdCatalog -Force -Wait -Confirm:$false } }
    ) {
        if (-not $iso) {
            $script:iso = Get-VcdCatalog iso -Organization acme
            $script:vapp = Get-VcdVApp -Organization acme | Where-Object { $_.IsDeployed -eq $false -and $_.Status -eq 'POWERED_OFF' } | Select-Object -First 1
            $script:task = Get-VcdTask -Organization acme -Status success | Select-Object -First 1
            New-Image one.iso
            New-Image two.iso
            New-Image three.iso
            New-Image four.iso
            $null = New-VcdCatalog source -Organization acme -Wait
            $null = Copy-VcdCatalogItem one.iso source -Organization acme -Wait
            $script:published = (Publish-VcdCatalog source -Organization acme -PassThru).PublishedUrl
        }
        Clear-Log
        $null = & $ByName
        Assert-ForAcme
        Clear-Log
        $null = & $ByObject
        Assert-ForAcme
    }

    It 'says nothing without -Organization, and nothing as a user of the organization itself' {
        Get-VcdCatalog iso | Get-VcdAccess | Should -Not -BeNullOrEmpty
        Assert-ForNobody
        Clear-Log
        Get-VcdCatalog iso -Connection cloud -Organization acme | Get-VcdAccess | Should -Not -BeNullOrEmpty
        Get-VcdAccess (Get-VcdCatalog iso -Connection cloud).Id -Connection cloud -Organization ACME | Should -Not -BeNullOrEmpty
        Assert-ForNobody
    }

    It 'acts for itself between two organizations' {
        $there = New-VcdCatalog 'of globex' -Organization globex -Wait
        Clear-Log
        $null = Get-VcdCatalogItem three.iso -Catalog iso -Organization acme | Copy-VcdCatalogItem -ToCatalog $there -Wait
        $copy = @(Get-ApiCall | Where-Object Method -EQ POST)
        $copy.Count | Should -Be 1
        $copy[0].Headers.Count | Should -Be 0
        (Get-VcdCatalogItem three.iso -Organization globex).Catalog | Should -Be 'of globex'
        $there | Remove-VcdCatalog -Force -Wait -Confirm:$false
    }

    It 'acts for one organization, which is the one that the objects came from' {
        $item = Get-VcdCatalog iso -Organization acme
        Clear-Log
        $failed = Get-Failure { $item | Set-VcdCatalog -Description x -Organization globex }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SetVcdCatalogCommand'
        "$failed" | Should -BeLike "*-Organization 'globex': 'iso' was read for organization 'acme'*Nothing was sent*"
        $failed = Get-Failure { Get-VcdMetadata $item.Id -Organization * }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Ambiguous,OrchestratorTools.Vcd.GetVcdMetadataCommand'
        "$failed" | Should -BeLike "*means 3 organizations ('System', 'acme', 'globex')*one is needed*"
        (Get-Failure { Receive-VcdMedia x -Organization zz* }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.ReceiveVcdMediaCommand'
        (Get-Failure { Remove-VcdMedia x -Organization nosuch -Confirm:$false }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.RemoveVcdMediaCommand'
        $failed = Get-Failure { Receive-VcdVApp x -Organization globex -Connection cloud }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.ReceiveVcdVAppCommand'
        @(Get-ApiCall | Where-Object Method -NE GET) | Should -BeNullOrEmpty
    }

    It 'finds by name what is the organization''s only' {
        (Get-Failure { Receive-VcdMedia ubuntu-24.04.iso -Organization globex }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.ReceiveVcdMediaCommand'
        (Get-Failure { Get-VcdCatalog iso -Organization acme | Get-VcdMedia nosuch }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdMediaCommand'
    }

    It 'is what every command can be told that acts at the server' {
        $without = Get-Command -Module OrchestratorTools -Noun Vcd* | Where-Object { -not $_.Parameters.ContainsKey('Organization') } | ForEach-Object Name
        $without | Sort-Object | Should -Be 'Disconnect-Vcd', 'Get-VcdOrg'
    }
}
